// usage: NODE_EXTRA_CA_CERTS=… node tls.mjs PORT TOKEN
// The README's example, with a host and a port of this machine.
import assert from "node:assert/strict";
import { ChromaClient } from "chromadb";

const [port, token] = process.argv.slice(2);
const client = new ChromaClient({ host: "localhost", port: Number(port), ssl: true,
                                  headers: { "x-chroma-token": token } });

const rivers = await client.getOrCreateCollection({ name: "rivers", embeddingFunction: null });
await rivers.add({ ids: ["a"], embeddings: [[1, 2]], documents: ["silt"] });
assert.equal(await rivers.count(), 1);

const stranger = new ChromaClient({ host: "localhost", port: Number(port), ssl: true });
await assert.rejects(stranger.listCollections());
console.log("done");
