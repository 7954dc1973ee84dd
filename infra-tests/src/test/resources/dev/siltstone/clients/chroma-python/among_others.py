"""usage: among_others.py http://127.0.0.1:8000 collection

Writes, reads and deletes records of its own while others do the same; leaves 100 of them.
"""
import sys
from urllib.parse import urlparse

import chromadb

url = urlparse(sys.argv[1])
records = chromadb.HttpClient(url.hostname, url.port).get_or_create_collection(
    sys.argv[2], embedding_function=None
)
own = {"owner": "python"}
for lap in range(20):
    ids = [f"python-{lap}-{i}" for i in range(10)]
    vectors = [[1.0, lap, i] for i in range(10)]
    texts = [f"lap {lap}"] * 10
    records.add(ids=ids, embeddings=vectors, documents=texts, metadatas=[own] * 10)
    records.upsert(ids="shared", embeddings=[[0, 0, 0]], documents="python", metadatas={"lap": lap})
    assert records.get(ids=ids)["ids"] == ids
    assert len(records.get(where=own)["ids"]) == 5 * lap + 10
    nearest = records.query([vectors[7]], n_results=1, where=own)
    assert nearest["ids"] == [[ids[7]]], nearest["ids"]
    records.delete(ids=ids[:2])
    gone = records.delete(where={"owner": "python"}, where_document={"$contains": f"lap {lap}"}, limit=3)
    assert gone["deleted"] == 3, gone
    assert len(records.get(where=own)["ids"]) == 5 * (lap + 1)
print("done")
