/** Who can log in, and what they may do. */
import { useState } from "preact/hooks";
import type { Invitation, Invited, Member, Members } from "#protocol/console";
import { Badge, Button, Field, IconButton, PageHead, TextField } from "../parts/controls.tsx";
import { Confirm, Dialog, Made } from "../parts/dialog.tsx";
import { Loaded, type Resource, useResource, useTask } from "../parts/resource.tsx";
import { Time } from "../parts/time.tsx";
import { toast } from "../parts/toasts.tsx";
import { Problem } from "../state/api.ts";
import { useDesk, useMay, useMe } from "../state/desk.ts";
import { maySeeTo, type Role, rolesToGive } from "../state/rights.ts";
import { WORDS } from "../words.ts";

export function Page() {
  const { api } = useDesk();
  const members = useResource<Members>("members", () => api("GET /members"));
  const [invites, setInvites] = useState(false);
  const [made, setMade] = useState<Invited | null>(null);
  const mayInvite = useMay("POST /invitations");
  const done = (invited: Invited) => {
    setInvites(false);
    setMade(invited);
    members.reload();
  };
  return (
    <div class="page">
      <PageHead title={WORDS.members.title} lead={WORDS.members.lead}>
        {mayInvite && (
          <Button look="first" icon="add" onClick={() => setInvites(true)}>
            {WORDS.members.invite}
          </Button>
        )}
      </PageHead>
      <Loaded from={members}>
        {(told) => (
          <div class="table-room">
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">{WORDS.name}</th>
                  <th scope="col">{WORDS.role}</th>
                  <th scope="col">{WORDS.members.lastSeen}</th>
                  <th scope="col">
                    <span class="unseen">{WORDS.actions}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {told.members.map((member) => (
                  <MemberRow key={member.id} member={member} list={members} onLink={setMade} />
                ))}
                {told.invitations.map((invitation) => (
                  <InvitationRow key={`i${invitation.id}`} invitation={invitation} onGone={members.reload} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Loaded>
      {invites && <Invite onClose={() => setInvites(false)} onMade={done} />}
      {made && (
        <Made
          title={WORDS.members.linkTitle}
          detail={WORDS.members.linkFor(made.invitation.name ?? made.invitation.email ?? WORDS.unknown)}
          label={WORDS.members.linkLabel}
          text={made.link}
          onClose={() => setMade(null)}
        />
      )}
    </div>
  );
}

interface MemberRowProps {
  member: Member;
  list: Resource<Members>;
  onLink: (invited: Invited) => void;
}

function MemberRow({ member, list, onLink }: MemberRowProps) {
  const { api } = useDesk();
  const me = useMe().member;
  const [asksRemove, setAsksRemove] = useState(false);
  const link = useTask();
  const remove = useTask();
  const isMe = me.id === member.id;
  const mayChange = maySeeTo(me.role, member.role) && !isMe;
  return (
    <tr>
      <td data-head={WORDS.name}>
        <span class="two">
          <span class="first-line">
            <strong>{member.name}</strong>
            {isMe && <Badge>{WORDS.you}</Badge>}
          </span>
          <span class="second-line">
            {member.email}
            {!member.has_password && ` · ${WORDS.members.oidcOnly}`}
          </span>
        </span>
      </td>
      <td data-head={WORDS.role}>
        {mayChange ? <RoleChoice member={member} onChanged={list.reload} /> : WORDS.roles[member.role]}
      </td>
      <td class="soft" data-head={WORDS.members.lastSeen}>
        <Time at={member.last_seen_at} />
      </td>
      <td class="acts">
        {mayChange && (
          <>
            <Button
              look="quiet"
              icon="keys"
              busy={link.busy}
              onClick={() =>
                link.run(async () => onLink(await api("POST /members/{member_id}/link", { at: [member.id] })))
              }
            >
              {WORDS.members.newPassword}
            </Button>
            <IconButton
              icon="trash"
              name={`${WORDS.members.remove} ${member.name}`}
              onClick={() => setAsksRemove(true)}
            />
          </>
        )}
        {link.problem && <p class="problem">{link.problem.words}</p>}
        {asksRemove && (
          <Confirm
            title={WORDS.members.removeTitle(member.name)}
            detail={WORDS.members.removeDetail}
            act={WORDS.members.remove}
            busy={remove.busy}
            problem={remove.problem?.words ?? null}
            onClose={() => setAsksRemove(false)}
            onConfirm={() =>
              remove.run(async () => {
                await api("DELETE /members/{member_id}", { at: [member.id] });
                list.reload();
              })
            }
          />
        )}
      </td>
    </tr>
  );
}

function RoleChoice({ member, onChanged }: { member: Member; onChanged: () => void }) {
  const { api } = useDesk();
  const roles = rolesToGive(useMe().member.role);
  const change = async (select: HTMLSelectElement) => {
    const role = select.value as Role;
    try {
      await api("PATCH /members/{member_id}", { at: [member.id], body: { role } });
      toast(WORDS.members.changed(member.name, WORDS.roleWords[role]));
      onChanged();
    } catch (reason) {
      select.value = member.role;
      toast(Problem.of(reason).words, true);
    }
  };
  return (
    <select
      class="input small"
      aria-label={WORDS.members.roleOf(member.name)}
      value={member.role}
      onChange={(event) => change(event.currentTarget)}
    >
      {roles.map((role) => (
        <option key={role} value={role}>
          {WORDS.roles[role]}
        </option>
      ))}
    </select>
  );
}

function InvitationRow({ invitation, onGone }: { invitation: Invitation; onGone: () => void }) {
  const { api } = useDesk();
  const { busy, problem, run } = useTask();
  const mayTakeBack = useMay("DELETE /invitations/{invitation_id}");
  return (
    <tr class="pending">
      <td data-head={WORDS.name}>
        <span class="two">
          <span class="first-line">
            {invitation.name ?? invitation.email ?? WORDS.unknown}
            <Badge>{invitation.member_id === null ? WORDS.members.pending : WORDS.members.renews}</Badge>
          </span>
          <span class="second-line">
            {[invitation.name && invitation.email, WORDS.members.invitedBy(invitation.invited_by)]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </span>
      </td>
      <td data-head={WORDS.role}>{WORDS.roles[invitation.role]}</td>
      <td class="soft">
        {WORDS.members.validUntil} <Time at={invitation.expires_at} />
      </td>
      <td class="acts">
        {mayTakeBack && (
          <Button
            look="quiet"
            icon="close"
            busy={busy}
            onClick={() =>
              run(async () => {
                await api("DELETE /invitations/{invitation_id}", { at: [invitation.id] });
                onGone();
              })
            }
          >
            {WORDS.members.takeBack}
          </Button>
        )}
        {problem && <p class="problem">{problem.words}</p>}
      </td>
    </tr>
  );
}

function Invite({ onClose, onMade }: { onClose: () => void; onMade: (invited: Invited) => void }) {
  const { api } = useDesk();
  const roles = rolesToGive(useMe().member.role);
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("agent");
  const { busy, problem, run } = useTask();
  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => onMade(await api("POST /invitations", { body: { email, role, name: name.trim() || null } })));
  };
  return (
    <Dialog title={WORDS.members.inviteTitle} onClose={onClose}>
      <form onSubmit={submit}>
        <TextField
          label={WORDS.email}
          type="email"
          required
          value={email}
          onText={setEmail}
          problem={problem?.fields["email"]}
        />
        <TextField label={WORDS.members.openName} maxLength={200} value={name} onText={setName} />
        <Field label={WORDS.role}>
          {(ids) => (
            <select
              {...ids}
              class="input"
              value={role}
              onChange={(event) => setRole(event.currentTarget.value as Role)}
            >
              {roles.map((one) => (
                <option key={one} value={one}>
                  {WORDS.roles[one]}: {WORDS.roleHints[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
        {problem && (
          <p class="problem" role="alert">
            {problem.words}
          </p>
        )}
        <footer>
          <Button onClick={onClose}>{WORDS.cancel}</Button>
          <Button type="submit" look="first" busy={busy}>
            {WORDS.members.inviteAct}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
