// A recording as it is done live: each event becomes text at once.
import { record } from "rrweb";

globalThis.sent = [];
record({ emit: (event) => sent.push(JSON.stringify(event)) });
