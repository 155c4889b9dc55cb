/** A small living picture of a session: the watch page in a frame, with no right but to look. */
import { useEffect, useState } from "preact/hooks";
import { Problem } from "../state/api.ts";
import { useDesk } from "../state/desk.ts";
import { WORDS } from "../words.ts";

export function LivePicture({ shortId, name }: { shortId: string; name: string }) {
  const { api } = useDesk();
  const [url, setUrl] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    let isHere = true;
    api("POST /visitors/{short_id}/watch", { at: [shortId], body: { look: true } }).then(
      (told) => isHere && setUrl(told.watch_url),
      (reason: unknown) => isHere && setProblem(Problem.of(reason)),
    );
    return () => {
      isHere = false;
    };
  }, [api, shortId]);
  return (
    <div class="live-picture">
      {url && <iframe src={url} title={WORDS.live.pictureOf(name)} tabIndex={-1} />}
      {problem && <p class="problem">{problem.words}</p>}
    </div>
  );
}
