/** Japanese. */
import type { Strings } from "../strings.ts";

export const STRINGS: Strings = {
  allow: "許可",
  deny: "拒否",
  ok: "OK",
  endSession: "終了する",
  hide: "小さくする",
  show: "このページを見ている人を表示",
  viewTitle: "{%agentName%|担当者}にこのページを見せますか？",
  viewMessage:
    "{%agentName%|担当者}には{%currentDomain%|このサイト}での操作だけが見え、端末のほかの内容は見えません。パスワードとカード番号は隠されます。",
  controlTitle: "{%agentName%|担当者}にクリックと入力を許可しますか？",
  controlMessage:
    "{%agentName%|担当者}が{%currentDomain%|このサイト}を一緒に操作したいと求めています。ご自身のクリックとキー操作が常に優先されます。",
  someone: "担当者",
  seeing: "{who}がこのページを見ています",
  using: "{who}がこのページを操作でき、{others}が見ています",
  usingAlone: "{who}がこのページを見て操作できます",
  paused: "現在は誰も見ていません",
  endedTitle: "セッションは終了しました",
  ended: {
    visitor_stopped: "セッションを終了しました。このページは誰にも見えていません。",
    agent_stopped: "担当者がセッションを終了しました。このページは誰にも見えていません。",
    timeout: "しばらく操作がなかったため、セッションは終了しました。このページは誰にも見えていません。",
    rejected: "拒否しました。このページは誰にも見えていません。",
    error: "技術的な問題により、セッションは終了しました。このページは誰にも見えていません。",
    erased: "セッションは終了し、データは消去されました。このページは誰にも見えていません。",
  },
  codeTitle: "あなたのコード",
  codeMessage: "担当者にお伝えください。有効期間は最長1時間です。",
  codeNone: "ただいま使えるコードがありません。数分後にもう一度お試しください。",
  codeButton: "サポート用コード",
  others: "ほか{n}人",
  by: "Twinpane による画面共有",
};
