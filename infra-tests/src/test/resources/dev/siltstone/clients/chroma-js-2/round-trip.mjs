// usage: node round-trip.mjs http://127.0.0.1:8000
// Every step prints "ok NAME"; the first that fails ends the run with status 1.
import assert from "node:assert/strict";
import { AdminClient, ChromaClient, ChromaNotFoundError, ChromaUniqueError } from "chromadb";

const path = process.argv[2];
const client = new ChromaClient({ path });
// A vector for a text: how often it has the letters a, e and s.
const embeddingFunction = {
  generate: async (texts) =>
    texts.map((text) => ["a", "e", "s"].map((letter) => text.split(letter).length - 1)),
};

async function step(name, body) {
  try {
    await body();
    console.log(`ok ${name}`);
  } catch (failure) {
    console.log(`not ok ${name}`);
    console.log(failure);
    process.exit(1);
  }
}

let stones;
const ids = async (where, whereDocument) => (await stones.get({ where, whereDocument })).ids;

await step("asks for heartbeat and version", async () => {
  assert.ok((await client.heartbeat()) > 1e18);
  assert.match(await client.version(), /^\d+\.\d+\.\d+$/);
});

await step("creates a collection, once", async () => {
  const metadata = { origin: "river", depth: 12 };
  stones = await client.createCollection({ name: "stones", metadata, embeddingFunction });
  assert.deepEqual(stones.metadata, metadata);
  await assert.rejects(
    client.createCollection({ name: "stones", embeddingFunction }),
    ChromaUniqueError,
  );
  const same = await client.getOrCreateCollection({ name: "stones", embeddingFunction });
  assert.equal(same.id, stones.id);
  assert.equal(await client.countCollections(), 1);
  assert.deepEqual(await client.listCollections(), ["stones"]);
});

await step("adds records, with vectors and by their texts, and reads them at once", async () => {
  await stones.add({
    ids: ["a", "b"],
    embeddings: [[1, 0, 0], [0, 1, 0]],
    documents: ["fine silt", "coarse sand"],
    metadatas: [{ grain: 1, wet: true }, { grain: 2.5, wet: false }],
  });
  await stones.add({ ids: ["c"], documents: ["grey clay"], metadatas: [{ name: "clay" }] });
  assert.equal(await stones.count(), 3);
  const all = await stones.get({ include: ["documents", "metadatas", "embeddings"] });
  assert.deepEqual(all.ids, ["a", "b", "c"]);
  assert.deepEqual(all.documents, ["fine silt", "coarse sand", "grey clay"]);
  assert.deepEqual(all.embeddings, [[1, 0, 0], [0, 1, 0], [1, 1, 0]]);
  assert.deepEqual(all.metadatas, [
    { grain: 1, wet: true },
    { grain: 2.5, wet: false },
    { name: "clay" },
  ]);
});

await step("upserts and updates", async () => {
  await stones.upsert({
    ids: ["a", "d"],
    embeddings: [[1, 0, 0.5], [0.5, 0.5, 0.5]],
    documents: ["fine silt", "gravel"],
    metadatas: [{ depth: 3 }, { grain: 7 }],
  });
  await stones.update({ ids: ["b", "nobody"], metadatas: [{ wet: true }, { wet: true }] });
  const found = await stones.get({ ids: ["a", "b", "d", "nobody"] });
  assert.deepEqual(found.ids, ["a", "b", "d"]);
  assert.deepEqual(found.metadatas[0], { grain: 1, wet: true, depth: 3 });
  assert.deepEqual(found.metadatas[1], { grain: 2.5, wet: true });
});

await step("finds the nearest to vectors and to texts", async () => {
  const { ids, distances, documents } = await stones.query({
    queryEmbeddings: [[0, 1, 0], [1, 0, 0.5]],
    nResults: 2,
  });
  assert.deepEqual(ids, [["b", "d"], ["a", "d"]]);
  assert.deepEqual(distances, [[0, 0.75], [0, 0.5]]);
  assert.equal(documents[0][0], "coarse sand");
  const one = await stones.query({ queryTexts: "grey clay", nResults: 1 });
  assert.deepEqual(one.ids, [["c"]]);
});

await step("filters by metadata and by document", async () => {
  assert.deepEqual(await ids({ grain: { $gt: 1 } }), ["b", "d"]);
  assert.deepEqual(await ids({ grain: { $in: [1, 7] } }), ["a", "d"]);
  assert.deepEqual(await ids({ $or: [{ name: "clay" }, { grain: 7 }] }), ["c", "d"]);
  assert.deepEqual(await ids(undefined, { $contains: "sand" }), ["b"]);
  assert.deepEqual(await ids({ wet: true }, { $not_contains: "sand" }), ["a"]);
  const near = await stones.query({ queryEmbeddings: [[0, 1, 0]], where: { wet: true } });
  assert.deepEqual(near.ids, [["b", "a"]]);
});

await step("pages in order of insertion", async () => {
  assert.deepEqual((await stones.get({ limit: 2, offset: 1 })).ids, ["b", "c"]);
  assert.deepEqual((await stones.peek({ limit: 1 })).ids, ["a"]);
});

await step("deletes by id and by filter", async () => {
  await stones.delete({ ids: ["d"] });
  await stones.delete({ where: { name: "clay" } });
  assert.deepEqual(await ids(), ["a", "b"]);
});

await step("refuses what does not fit, with nothing left behind", async () => {
  await assert.rejects(stones.add({ ids: ["z"], embeddings: [[1, 2]] }), /dimension of 3, got 2/);
  await assert.rejects(stones.get({ where: { grain: { $near: 1 } } }));
  await assert.rejects(
    client.getCollection({ name: "nowhere", embeddingFunction }),
    ChromaNotFoundError,
  );
  assert.equal(await stones.count(), 2);
});

await step("keeps a tenant's collections apart", async () => {
  const admin = new AdminClient({ path });
  await admin.createTenant({ name: "geology" });
  await admin.createDatabase({ name: "samples", tenantName: "geology" });
  const other = new ChromaClient({ path, tenant: "geology", database: "samples" });
  assert.deepEqual(await other.listCollections(), []);
  const own = await other.createCollection({ name: "stones", embeddingFunction });
  await own.add({ ids: ["a"], embeddings: [[1, 2]] });
  assert.equal(await own.count(), 1);
  assert.equal(await stones.count(), 2);
  await other.deleteCollection({ name: "stones" });
});

await step("renames and drops collections", async () => {
  await stones.modify({ name: "pebbles" });
  const pebbles = await client.getCollection({ name: "pebbles", embeddingFunction });
  assert.equal(await pebbles.count(), 2);
  await client.deleteCollection({ name: "pebbles" });
  assert.deepEqual(await client.listCollections(), []);
});
console.log("done");
