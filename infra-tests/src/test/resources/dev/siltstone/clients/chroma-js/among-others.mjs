// usage: node among-others.mjs http://127.0.0.1:8000 collection
// Writes, reads and deletes records of its own while others do the same; leaves 100 of them.
import assert from "node:assert/strict";
import { ChromaClient } from "chromadb";

const url = new URL(process.argv[2]);
const client = new ChromaClient({ host: url.hostname, port: Number(url.port), ssl: false });
const records = await client.getOrCreateCollection({
  name: process.argv[3],
  embeddingFunction: null,
});
const own = { owner: "js" };
const count = async () => (await records.get({ where: own })).ids.length;
for (let lap = 0; lap < 20; lap++) {
  const rows = Array.from({ length: 10 }, (_, i) => i);
  const ids = rows.map((i) => `js-${lap}-${i}`);
  const embeddings = rows.map((i) => [2, lap, i]);
  await records.add({ ids, embeddings, metadatas: rows.map(() => own) });
  await records.upsert({ ids: ["shared"], embeddings: [[0, 0, 0]], documents: ["js"] });
  assert.deepEqual((await records.get({ ids })).ids, ids);
  assert.equal(await count(), 5 * lap + 10);
  const nearest = await records.query({ queryEmbeddings: [[2, lap, 7]], nResults: 1, where: own });
  assert.deepEqual(nearest.ids, [[ids[7]]]);
  await records.delete({ ids: ids.slice(0, 5) });
  assert.equal(await count(), 5 * (lap + 1));
}
console.log("done");
