import { cleanText } from "../safety/clean-text.ts";

const schemes = new Set(["http:", "https:", "mailto:"]);

/** Where a link leads, written for Markdown; undefined for what is neither a web page, nor a path, nor an anchor. */
export function linkTarget(to: string): string | undefined {
  const target = cleanText(to).trim();
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(target)?.[0].toLowerCase();
  if (target === "" || (scheme !== undefined && !schemes.has(scheme))) return undefined;
  return target.replace(/[\s<>()\\"'`*_[\]~|!]/gu, (character) => (character === "_" ? "_" : percentEncode(character)));
}

function percentEncode(character: string): string {
  const encoded = encodeURIComponent(character);
  return encoded === character ? `%${character.charCodeAt(0).toString(16).toUpperCase()}` : encoded;
}
