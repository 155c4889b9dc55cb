/** Two editors that keep a model of their own: ProseMirror (reads the DOM) and Lexical (lives by beforeinput). */
import { createEmptyHistoryState, registerHistory } from "@lexical/history";
import { registerRichText } from "@lexical/rich-text";
import { $createParagraphNode, $getRoot, createEditor } from "lexical";
import { baseKeymap } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { schema } from "prosemirror-schema-basic";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";

const prose = new EditorView(document.getElementById("prose"), {
  state: EditorState.create({
    schema,
    plugins: [history(), keymap({ "Mod-z": undo, "Mod-y": redo }), keymap(baseKeymap)],
  }),
});

const lexical = createEditor({
  namespace: "test",
  onError: (error) => {
    throw error;
  },
});
lexical.setRootElement(document.getElementById("lexical"));
registerRichText(lexical);
registerHistory(lexical, createEmptyHistoryState(), 300);
lexical.update(() => {
  $getRoot().append($createParagraphNode());
});

Object.assign(window, {
  proseText: () => prose.state.doc.textBetween(0, prose.state.doc.content.size, "\n"),
  lexicalText: () => lexical.getEditorState().read(() => $getRoot().getTextContent()),
});
