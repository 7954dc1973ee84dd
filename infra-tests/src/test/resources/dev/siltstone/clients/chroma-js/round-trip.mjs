// usage: node round-trip.mjs http://127.0.0.1:8000
// Every step prints "ok NAME"; the first that fails ends the run with status 1.
import assert from "node:assert/strict";
import { ChromaClient, GroupBy, K, Knn, MinK, Rrf, Search } from "chromadb";

const url = new URL(process.argv[2]);
const client = new ChromaClient({ host: url.hostname, port: Number(url.port), ssl: false });

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

const near = (actual, expected) =>
  assert.ok(Math.abs(actual - expected) < 1e-6, `expected ${expected}, found ${actual}`);

let stones;

await step("asks for heartbeat and version", async () => {
  assert.ok((await client.heartbeat()) > 1e18);
  assert.match(await client.version(), /^\d+\.\d+\.\d+$/);
});

await step("creates a collection", async () => {
  stones = await client.createCollection({
    name: "stones",
    embeddingFunction: null,
    metadata: { origin: "river", depth: 12 },
    configuration: { hnsw: { space: "l2" } },
  });
  assert.equal(stones.name, "stones");
  assert.deepEqual(stones.metadata, { origin: "river", depth: 12 });
  assert.equal(await stones.count(), 0);
});

await step("refuses a second collection of the name", async () => {
  await assert.rejects(
    client.createCollection({ name: "stones", embeddingFunction: null }),
    (error) => error.name === "ChromaUniqueError",
  );
  const same = await client.getOrCreateCollection({ name: "stones", embeddingFunction: null });
  assert.equal(same.id, stones.id);
});

await step("adds records and reads them at once", async () => {
  await stones.add({
    ids: ["a", "b", "c"],
    embeddings: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    documents: ["fine silt", "coarse sand", "grey clay"],
    metadatas: [
      { grain: 1, wet: true, tags: ["fine", "soft"] },
      { grain: 2.5, wet: false },
      { grain: 1, name: "clay" },
    ],
    uris: ["s3://x/a", "s3://x/b", "s3://x/c"],
  });
  assert.equal(await stones.count(), 3);
  const all = await stones.get({ include: ["documents", "metadatas", "embeddings", "uris"] });
  assert.deepEqual(all.ids, ["a", "b", "c"]);
  assert.deepEqual(all.documents, ["fine silt", "coarse sand", "grey clay"]);
  assert.deepEqual(all.embeddings, [[1, 0, 0], [0, 1, 0], [0, 0, 1]]);
  assert.deepEqual(all.uris, ["s3://x/a", "s3://x/b", "s3://x/c"]);
  assert.deepEqual(all.metadatas[0], { grain: 1, wet: true, tags: ["fine", "soft"] });
  assert.deepEqual(all.metadatas[1], { grain: 2.5, wet: false });
});

await step("adds what is new and leaves what exists", async () => {
  await stones.add({
    ids: ["a", "d"],
    embeddings: [[9, 9, 9], [1, 1, 0]],
    documents: ["again", "first"],
  });
  const { documents } = await stones.get({ ids: ["a", "d"] });
  assert.deepEqual(documents, ["fine silt", "first"]);
});

await step("upserts: merges what exists, inserts what does not", async () => {
  await stones.upsert({
    ids: ["a", "e"],
    embeddings: [[1, 0, 0.5], [0.5, 0.5, 0.5]],
    metadatas: [{ depth: 3 }, { grain: 7 }],
  });
  const found = await stones.get({ ids: ["a", "e"], include: ["documents", "metadatas", "embeddings"] });
  assert.deepEqual(found.ids, ["a", "e"]);
  assert.deepEqual(found.documents, ["fine silt", null]);
  assert.equal(found.metadatas[0].depth, 3);
  assert.equal(found.metadatas[0].grain, 1);
  assert.deepEqual(found.embeddings[0], [1, 0, 0.5]);
});

await step("updates what exists and ignores what does not", async () => {
  await stones.update({ ids: ["b", "nobody"], metadatas: [{ wet: true }, { wet: true }] });
  await stones.update({
    ids: ["b", "nobody"],
    embeddings: [[0, 1, 0], [1, 1, 1]],
    documents: ["coarse wet sand", "nothing"],
  });
  const found = await stones.get({ ids: ["b", "nobody"] });
  assert.deepEqual(found.ids, ["b"]);
  assert.deepEqual(found.documents, ["coarse wet sand"]);
  assert.deepEqual(found.metadatas, [{ grain: 2.5, wet: true }]);
});

await step("finds the nearest, with exact squared distances", async () => {
  const { ids, distances, documents, metadatas } = await stones.query({
    queryEmbeddings: [[0, 1, 0], [0, 0, 1]],
    nResults: 2,
  });
  assert.deepEqual(ids, [["b", "e"], ["c", "e"]]);
  near(distances[0][0], 0);
  near(distances[0][1], 0.75);
  assert.equal(documents[1][0], "grey clay");
  assert.equal(metadatas[1][0].name, "clay");
});

const ids = async (where, whereDocument) => (await stones.get({ where, whereDocument })).ids;

await step("filters by metadata", async () => {
  assert.deepEqual(await ids({ grain: 1 }), ["a", "c"]);
  assert.deepEqual(await ids({ grain: { $gt: 1 } }), ["b", "e"]);
  assert.deepEqual(await ids({ grain: { $ne: 1 } }), ["b", "d", "e"]);
  assert.deepEqual(await ids({ grain: { $in: [1, 7] } }), ["a", "c", "e"]);
  assert.deepEqual(await ids({ $and: [{ wet: true }, { grain: { $lte: 2 } }] }), ["a"]);
  assert.deepEqual(await ids({ $or: [{ name: "clay" }, { grain: 7 }] }), ["c", "e"]);
  assert.deepEqual(await ids({ tags: { $contains: "soft" } }), ["a"]);
});

await step("filters by document", async () => {
  assert.deepEqual(await ids(undefined, { $contains: "wet sand" }), ["b"]);
  assert.deepEqual(await ids(undefined, { $not_contains: "a" }), ["a", "d", "e"]);
  assert.deepEqual(await ids(undefined, { $regex: "^(fine|grey) " }), ["a", "c"]);
  assert.deepEqual(await ids({ grain: 1 }, { $contains: "clay" }), ["c"]);
});

await step("queries within a filter", async () => {
  const found = await stones.query({
    queryEmbeddings: [[0, 1, 0]],
    nResults: 5,
    where: { grain: 1 },
    include: ["distances"],
  });
  assert.deepEqual(found.ids, [["c", "a"]]);
  near(found.distances[0][0], 2);
});

await step("deletes by id and by filter", async () => {
  await stones.delete({ ids: ["d"] });
  await stones.delete({ where: { grain: 7 } });
  assert.deepEqual((await stones.get({})).ids, ["a", "b", "c"]);
});

await step("starts clean when a deleted id is added again", async () => {
  await stones.delete({ ids: ["a"] });
  await stones.add({ ids: ["a"], embeddings: [[3, 0, 0]], documents: ["new silt"] });
  const all = await stones.get({ include: ["documents", "metadatas"] });
  assert.deepEqual(all.ids, ["b", "c", "a"]);
  assert.equal(all.metadatas[2], null);
});

await step("pages in order of insertion", async () => {
  assert.deepEqual((await stones.get({ limit: 2, offset: 1 })).ids, ["c", "a"]);
  assert.deepEqual((await stones.peek({ limit: 1 })).ids, ["b"]);
});

await step("refuses what does not fit, with nothing left behind", async () => {
  await assert.rejects(stones.add({ ids: ["z"], embeddings: [[1, 2]] }), /dimension of 3, got 2/);
  await assert.rejects(stones.get({ where: { grain: { $near: 1 } } }));
  await assert.rejects(client.getCollection({ name: "nowhere", embeddingFunction: null }));
  assert.equal(await stones.count(), 3);
});

await step("writes a thousand in batches as large as the server takes and finds every one", async () => {
  const many = await client.createCollection({
    name: "many",
    embeddingFunction: null,
    configuration: { hnsw: { space: "cosine" } },
  });
  const count = 1000;
  const angle = (i) => (i * Math.PI) / count;
  const size = await client.getMaxBatchSize();
  for (let start = 0; start < count; start += size) {
    const rows = Array.from({ length: Math.min(size, count - start) }, (_, i) => start + i);
    await many.add({
      ids: rows.map((i) => `r${i}`),
      embeddings: rows.map((i) => [Math.cos(angle(i)), Math.sin(angle(i))]),
      metadatas: rows.map((i) => ({ i, even: i % 2 === 0 })),
    });
  }
  assert.equal(await many.count(), count);
  for (const i of [0, 1, 499, 998, 999]) {
    const query = [Math.cos(angle(i)), Math.sin(angle(i))];
    const found = await many.query({ queryEmbeddings: [query], nResults: 1 });
    assert.deepEqual(found.ids, [[`r${i}`]]);
    near(found.distances[0][0], 0);
  }
  const even = await many.get({ where: { even: true }, limit: 5 });
  assert.deepEqual(even.ids, ["r0", "r2", "r4", "r6", "r8"]);
});

await step("searches with ranks, groups and a selection", async () => {
  const hills = await client.createCollection({ name: "hills", embeddingFunction: null });
  await hills.add({
    ids: ["a", "b", "c", "d"],
    embeddings: [[0, 0], [1, 0], [3, 0], [4, 0]],
    documents: ["first", "second", "third", "fourth"],
    metadatas: [{ side: "north" }, { side: "north" }, { side: "south" }, { side: "south" }],
  });
  const near = Knn({ query: [0, 0], limit: 4 });
  const [rows] = (
    await hills.search(
      new Search()
        .where(K("side").isIn(["north", "south"]))
        .rank(near.multiply(2).add(1))
        .limit(3)
        .select(K.DOCUMENT, K.SCORE, "side"),
    )
  ).rows();
  assert.deepEqual(rows, [
    { id: "a", document: "first", score: 1, metadata: { side: "north" } },
    { id: "b", document: "second", score: 3, metadata: { side: "north" } },
    { id: "c", document: "third", score: 19, metadata: { side: "south" } },
  ]);
  const fused = Rrf({
    ranks: [
      Knn({ query: [0, 0], limit: 4, returnRank: true }),
      Knn({ query: [4, 0], limit: 4, returnRank: true }),
    ],
    k: 1,
    weights: [2, 1],
  });
  const grouped = new GroupBy([K("side")], new MinK([K.SCORE], 1));
  const both = await hills.search([
    new Search().rank(fused).groupBy(grouped).select(K.SCORE),
    new Search().where(K.ID.isIn(["d", "b"])),
  ]);
  assert.deepEqual(both.ids, [["a", "d"], ["b", "d"]]);
  assert.equal(both.scores[1], null);
  await client.deleteCollection({ name: "hills" });
});

await step("renames and drops collections", async () => {
  await stones.modify({ name: "pebbles" });
  const pebbles = await client.getCollection({ name: "pebbles", embeddingFunction: null });
  assert.equal(await pebbles.count(), 3);
  await client.deleteCollection({ name: "pebbles" });
  await client.deleteCollection({ name: "many" });
  assert.deepEqual(await client.listCollections(), []);
});
console.log("done");
