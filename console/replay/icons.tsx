/** Icons of the one kept set, as the build reads them (lucide-static, ISC; the notice stays in each file). */

import help from "lucide-static/icons/circle-question-mark.svg";
import skip from "lucide-static/icons/fast-forward.svg";
import full from "lucide-static/icons/maximize.svg";
import leave from "lucide-static/icons/minimize.svg";
import pause from "lucide-static/icons/pause.svg";
import play from "lucide-static/icons/play.svg";
import again from "lucide-static/icons/rotate-ccw.svg";
import fit from "lucide-static/icons/scan.svg";
import close from "lucide-static/icons/x.svg";
import { Drawn } from "../drawn.tsx";

const ICONS = { again, close, fit, full, help, leave, pause, play, skip };

export type IconName = keyof typeof ICONS;

export const Icon = ({ name }: { name: IconName }) => <Drawn svg={ICONS[name]} />;
