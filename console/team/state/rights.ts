/** What each role may do, so that nobody sees a button that would be refused. The server decides; this only shows. */
import type { ROLES } from "#protocol/console";

export type Role = (typeof ROLES)[number];

const RANK: Record<Role, number> = { owner: 3, admin: 2, agent: 1, "read-only": 0 };

/** Each role may do what the ones below it may. */
export function isAtLeast(role: Role, needed: Role): boolean {
  return RANK[role] >= RANK[needed];
}

/** The roles that somebody may give to others: only owners make owners. */
export function rolesToGive(role: Role): Role[] {
  const all: Role[] = ["owner", "admin", "agent", "read-only"];
  return role === "owner" ? all : isAtLeast(role, "admin") ? all.slice(1) : [];
}

/** Whether somebody may change or remove a member of that role. */
export function maySeeTo(role: Role, other: Role): boolean {
  return isAtLeast(role, "admin") && (role === "owner" || other !== "owner");
}
