/** Fetches a module of ours, and again when a request was lost. */

const ATTEMPTS = 4;
const RETRY_MS = 1000;

/** Rejects with the last reason. */
export async function fetchModule<T>(url: string, attempt = 1): Promise<T> {
  try {
    // Browsers remember by address that a module failed; the fragment makes it another.
    return await import(attempt > 1 ? `${url}#${attempt}` : url);
  } catch (reason) {
    if (attempt >= ATTEMPTS) throw reason;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS * attempt));
    return fetchModule(url, attempt + 1);
  }
}
