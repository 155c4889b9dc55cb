/** What is kept of whom, why and how long. */
import type { InventoryAnswer, KeptPlace } from "#protocol/console";
import { PageHead } from "../parts/controls.tsx";
import { Loaded, useResource } from "../parts/resource.tsx";
import { useDesk } from "../state/desk.ts";
import { WORDS } from "../words.ts";

export function Page() {
  const { api } = useDesk();
  const inventory = useResource<InventoryAnswer>("data-inventory", () => api("GET /data-inventory"));
  return (
    <div class="page">
      <PageHead title={WORDS.data.title} lead={WORDS.data.lead} />
      <Loaded from={inventory}>
        {({ places, retention_days }) => (
          <>
            <p>{retention_days === 0 ? WORDS.data.forever : WORDS.data.retained(retention_days)}</p>
            {places.map((place) => (
              <Place key={place.name} place={place} />
            ))}
          </>
        )}
      </Loaded>
    </div>
  );
}

function Place({ place }: { place: KeptPlace }) {
  return (
    <section class="card">
      <h2>{place.name}</h2>
      <p>{place.what}</p>
      <p class="soft">
        {WORDS.data.why}: {place.why}
      </p>
      <p class="soft">
        {WORDS.data.howLong}: {place.how_long}
      </p>
      {place.columns.length > 0 && (
        <details>
          <summary>{WORDS.data.columns(place.columns.length)}</summary>
          <Columns place={place} />
        </details>
      )}
    </section>
  );
}

function Columns({ place }: { place: KeptPlace }) {
  return (
    <div class="table-room">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{WORDS.data.column}</th>
            <th scope="col">{WORDS.data.what}</th>
            <th scope="col">{WORDS.data.whose}</th>
          </tr>
        </thead>
        <tbody>
          {place.columns.map((column) => (
            <tr key={column.name}>
              <td class="code" data-head={WORDS.data.column}>
                {column.name}
              </td>
              <td data-head={WORDS.data.what}>{column.what}</td>
              <td data-head={WORDS.data.whose}>{column.whose}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
