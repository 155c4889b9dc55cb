/** English. The keys of all languages are these; `{visitor}` and the like are filled in, and stand in each language. */
export const STRINGS = {
  theVisitor: "the visitor",

  // ---- what stands where the picture would
  openingTitle: "Opening the recording",
  loadingTitle: "Loading the recording",
  loadingPart: "{part} so far",
  badLinkTitle: "This link opens no recording",
  badLinkDetail: "It may be incomplete. Copy it again, whole, or ask for a new link.",
  goneTitle: "This link is too old",
  goneDetail: "A link to a recording works for a limited time. Ask for a new link.",
  notFoundTitle: "There is no recording",
  notFoundDetail: "It was erased, or this session was not recorded.",
  unreachableTitle: "The server cannot be reached",
  unreachableDetail: "Check your connection, then load this page again.",
  unreadableTitle: "This recording cannot be read",
  unreadableDetail: "Load this page again. If it stays like this, its data is damaged.",
  wentWrongTitle: "Something went wrong",
  wentWrongDetail: "Load this page again. If it stays like this, tell your administrator this code: {code}",
  emptyTitle: "Nothing is recorded yet",
  emptyDetail: "The session still runs. Load this page again in a moment.",
  emptyOverTitle: "Nothing was recorded",
  emptyOverDetail: "No page was open in this session.",
  loadAgain: "Load again",

  // ---- above the picture
  replay: "Replay",
  recordedAt: "Recorded {time}",
  withAgents: "with {agents}",
  remark_live: "The session still runs. You see what was recorded until now.",
  remark_cut: "The recording became too large and stops before the session's end.",
  remark_half: "The recording was not loaded to its end.",
  remark_broken: "This part of the recording cannot be shown.",
  dismiss: "Dismiss",

  // ---- below it
  playback: "Playback",
  play: "Play",
  pause: "Pause",
  playAgain: "Play again",
  timeline: "Time in the recording",
  timeOf: "{time} of {length}",
  speed: "Speed",
  skipQuiet: "Skip quiet stretches",
  skipQuietLong: "When nothing happens for more than 3 seconds, go on",
  fullScreen: "Full screen",
  leaveFullScreen: "Leave full screen",
  fits: "Fits the window, {percent}. Show at {full}",
  fixed: "{percent}. Fit to the window",
  showFull: "Show at {full}",
  fitWindow: "Fit to the window",

  // ---- what it does now
  playing: "Playing",
  paused: "Paused",
  ended: "End of the recording",
  waiting: "Waiting for more of the recording",
  finding: "Going to that moment",

  // ---- the list of shortcuts
  shortcuts: "Keyboard shortcuts",
  spaceBar: "Space",
  keyPlay: "Play or pause",
  keySteps: "5 seconds back, forward",
  keyEnds: "To the beginning, to the end",
  keySpeed: "Slower, faster",
  keyHelp: "This list",
  close: "Close",

  // ---- the picture
  pageOf: "{visitor}'s page",
  hiddenPart: "Hidden from view",
  hiddenPassword: "password",
  hiddenCard: "card number",
  hiddenSecurityCode: "security code",
  hiddenExpiry: "expiry date",
  hiddenOneTimeCode: "one-time code",
  hiddenEmail: "e-mail address",
  hiddenPhone: "phone number",
};

export type Strings = Readonly<Record<keyof typeof STRINGS, string>>;
