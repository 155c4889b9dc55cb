/** Words of the page that opens a site without our script, in English. */
export const SITE_WORDS = {
  title: "Open a site",
  lead: "For sites that cannot carry your script: the visitor opens your link, sees the site, and you can help there.",
  address: "Address of the page",
  id: "Your id for the visitor",
  idHint: "May stay empty.",
  act: "Make the link",
  link: "Link for the visitor",
  linkDetail: "It opens once, within five minutes. The visitor then appears among those online.",
};
