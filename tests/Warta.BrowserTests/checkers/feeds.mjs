// Reads feeds as two parsers understand them: node feeds.mjs URL…  prints a JSON array with one entry for each feed and parser.
// An address may be followed by "|host", which is sent as the Host header.
import http from "node:http";
import { parseFeed as parseStrictly } from "@rowanmanning/feed-parser";
import { parseFeed } from "feedsmith";

const get = (address, host) => new Promise((resolve, reject) => {
  http.get(address, host ? { headers: { host } } : {}, response => {
    let text = "";
    response.setEncoding("utf8");
    response.on("data", part => { text += part; });
    response.on("end", () => response.statusCode === 200 ? resolve(text) : reject(new Error(`${address}: ${response.statusCode}`)));
  }).on("error", reject);
});

const first = value => Array.isArray(value) ? first(value[0]) : value;
const text = value => typeof value === "string" ? value : value?.value ?? value?.href ?? "";

const results = [];
for (const argument of process.argv.slice(2)) {
  const [address, host] = argument.split("|");
  const content = await get(address, host);
  const { format, feed } = parseFeed(content);
  results.push({
    address: argument, parser: "feedsmith", format, title: text(feed.title),
    items: (feed.items ?? feed.entries ?? []).map(item => ({
      title: text(item.title),
      link: item.url ?? (text(item.link) || text(first(item.links))),
      id: text(item.id ?? item.guid),
      published: item.pubDate ?? item.published ?? item.date_published ?? "",
      length: text(item.content_html ?? item.content?.encoded ?? item.content ?? item.description ?? item.summary ?? "").length,
    })),
  });
  // This one knows XML only.
  if (format === "json") continue;
  const strict = parseStrictly(content);
  results.push({
    address: argument, parser: "feed-parser", format, title: strict.title ?? "",
    items: strict.items.map(item => ({
      title: item.title ?? "", link: item.url ?? "", id: item.id ?? "", published: item.published?.toISOString() ?? "",
      length: (item.content ?? item.description ?? "").length,
    })),
  });
}
process.stdout.write(JSON.stringify(results));
