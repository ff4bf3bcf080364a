import { describe, expect, test } from "vitest";
import { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import { positionAt } from "../../diagnostics/source.ts";
import { decodeXml } from "./decode-xml.ts";
import { readXml } from "./xml-reader.ts";
import { textOf } from "./xml-text.ts";
import { TERRACE_NAMESPACE, type XmlElement } from "./xml-tree.ts";

function read(text: string) {
  const diagnostics = new DiagnosticList();
  const root = readXml({ path: "model.xmile", text }, diagnostics);
  return { root, errors: diagnostics.sorted(["model.xmile"]) };
}

/** Names and texts, as one line. */
const outline = (element: XmlElement, source: string): string => {
  const inner = element.children.map((child) => outline(child, source)).join(" ");
  const text = textOf(element, source).text.trim();
  return [element.name, ...(text === "" ? [] : [JSON.stringify(text)]), ...(inner === "" ? [] : [`(${inner})`])].join(
    " ",
  );
};

describe("what is read", () => {
  test.each([
    ["<a><b>x</b><c/>y</a>", 'a "y" (b "x" c)'],
    ["<a>1 &lt; 2 &amp;&#38; &#x41;</a>", 'a "1 < 2 && A"'],
    ["<a><![CDATA[1 < 2 &amp; ]]></a>", 'a "1 < 2 &amp;"'],
    ["<a>one<!-- two -- three -->\r\nfour</a>", 'a "one\\nfour"'],
    ["<a><views><b>not kept</b></views><c>kept</c></a>", 'a (views c "kept")'],
    ["<isee:prefs><isee:x/></isee:prefs>", "isee:prefs (isee:x)"],
    ['<x:a xmlns:x="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"><x:b/><b/></x:a>', "a (b b)"],
    ['<a xmlns="http://www.systemdynamics.org/XMILE"><b xmlns="urn:other"/></a>', "a (other:b)"],
    [`<a xmlns:t="${TERRACE_NAMESPACE}"><t:event/></a>`, "a (terrace:event)"],
  ])("%s", (text, expected) => {
    const { root, errors } = read(text);
    expect(errors).toEqual([]);
    expect(root && outline(root, text)).toBe(expected);
  });

  test("every character of a text knows its place", () => {
    const source = '<a b="&quot;q&quot;">x &lt; <!-- c -->y\r\n+ <![CDATA[z]]></a>';
    const { root } = read(source);
    const placed = textOf(root!, source);
    expect(placed.text).toBe("x < y\n+ z");
    const at = (word: string) => {
      const { start, end } = placed.span(placed.text.indexOf(word), placed.text.indexOf(word) + word.length);
      return source.slice(start, end);
    };
    expect(["x", "<", "y", "+", "z"].map(at)).toEqual(["x", "&lt;", "y", "+", "z"]);
    const { span, value } = root!.attributes.get("b")!;
    expect([value, source.slice(span.start, span.end)]).toEqual(['"q"', "&quot;q&quot;"]);
    expect(source.slice(root!.head.start, root!.head.end)).toBe('<a b="&quot;q&quot;">');
    expect([root!.span.start, root!.span.end]).toEqual([0, source.length]);
  });
});

describe("what is refused, and where", () => {
  test.each([
    ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "doctype", "1:1"],
    ['<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "doctype", "1:1"],
    ["<a>&nbsp;</a>", "entity", "1:4"],
    ["<a>&#0;</a>", "character-reference", "1:7"],
    ["<a>\n<b></a>", "not-closed", "2:1"],
    ["<a><b>", "not-closed", "1:4"],
    ["<a></a></b>", "extra-close", "1:11"],
    ["<a/><b/>", "after-end", "1:7"],
    ["", "unfinished", "1:1"],
    ["<a b=c/>", "attribute", "1:6"],
    ['<a b="1" b="2"/>', "attribute", "1:16"],
    ["<a>\u0001</a>", "character", "1:4"],
    ["<a><!-- open", "not-closed", "1:1"],
  ])("%j → %s", (text, reason, place) => {
    const { root, errors } = read(text);
    expect(root).toBeNull();
    expect(errors.map((e) => [e.code, (e.data as { reason: string }).reason])).toEqual([["xml-syntax", reason]]);
    const { line, column } = positionAt(text, errors[0]!.span!.start);
    expect(`${line}:${column}`).toBe(place);
  });

  test("elements inside each other without end", () => {
    const { root, errors } = read("<a>".repeat(100_000));
    expect(root).toBeNull();
    expect(errors[0]).toMatchObject({ code: "foreign-limit", data: { what: "depth", limit: 64 } });
  });

  test("prefixes without end", () => {
    const many = Array.from({ length: 200 }, (_, i) => `xmlns:p${i}="urn:${i}"`).join(" ");
    expect(read(`<a ${many}/>`).errors[0]).toMatchObject({ code: "foreign-limit", data: { what: "namespaces" } });
  });

  test("comments that never end cost no more than their length", () => {
    expect(read(`<a>${"<!--".repeat(200_000)}`).errors[0]?.code).toBe("xml-syntax");
  });
});

describe("decodeXml", () => {
  const bytes = (...parts: (string | number[])[]) =>
    Uint8Array.from(parts.flatMap((p) => (typeof p === "string" ? [...new TextEncoder().encode(p)] : p)));
  const utf16 = (text: string) => [...text].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]);
  test.each([
    ["UTF-8 without a word", bytes("<a>é</a>"), "<a>é</a>"],
    ["a byte order mark", bytes([0xef, 0xbb, 0xbf], "<a>é</a>"), "<a>é</a>"],
    [
      "Latin-1 as declared",
      bytes('<?xml version="1.0" encoding="ISO-8859-1"?><a>', [0xe9], "</a>"),
      '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>',
    ],
    [
      "GB 18030 as declared",
      bytes("<?xml version='1.0' encoding='GB18030'?><a>", [0xc8, 0xcb], "</a>"),
      "<?xml version='1.0' encoding='GB18030'?><a>人</a>",
    ],
    ["UTF-16 by its mark", Uint8Array.from([0xff, 0xfe, ...utf16("<a>é</a>")]), "<a>é</a>"],
    ["UTF-16 by its zeros", Uint8Array.from(utf16("<a>é</a>")), "<a>é</a>"],
    [
      "UTF-16 that is not",
      bytes('<?xml version="1.0" encoding="UTF-16"?><a/>'),
      '<?xml version="1.0" encoding="UTF-16"?><a/>',
    ],
    [
      "an encoding that nobody knows",
      bytes('<?xml version="1.0" encoding="x-nobody"?><a/>'),
      '<?xml version="1.0" encoding="x-nobody"?><a/>',
    ],
    ["nothing", new Uint8Array(), ""],
  ])("%s", (_, input, expected) => expect(decodeXml(input)).toBe(expected));
});
