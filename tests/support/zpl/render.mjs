// Draws ZPL as PNG: one JSON request a line on stdin, one JSON answer a line on stdout.
import { createInterface } from "node:readline";
import { ready } from "zpl-renderer-js";

const { api } = await ready;

for await (const line of createInterface({ input: process.stdin })) {
  const { zpl, width, height, dpmm } = JSON.parse(line);
  let answer;
  try {
    answer = { images: await api.zplToBase64MultipleAsync(zpl, width, height, dpmm) };
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
