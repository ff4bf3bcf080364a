/** An exported file as another tool sees it: without the elements of Terrace's namespace. */
import { TERRACE_NAMESPACE } from "../../engine/language/xmile/xml-tree.ts";

export const withoutTerrace = (text: string): string =>
  text
    .replace(/<terrace:model [\s\S]*?<\/terrace:model>/, "")
    .replace(/<terrace:declaration [\s\S]*?<\/terrace:declaration>/g, "")
    .replace(/<terrace:made [^>]*\/>/g, "")
    .replace(` xmlns:terrace="${TERRACE_NAMESPACE}"`, "");
