"""usage: round_trip.py http://127.0.0.1:8000

Every step prints "ok NAME"; the first that fails ends the run with status 1.
"""
import contextlib
import math
import sys
from urllib.parse import urlparse

import chromadb
from chromadb.execution.expression.operator import GroupBy, K, Knn, MinK, Rrf
from chromadb.execution.expression.plan import Search
from chromadb.config import Settings
from chromadb.errors import ChromaError, InvalidArgumentError, NotFoundError

url = urlparse(sys.argv[1])
settings = Settings(anonymized_telemetry=False)


def connect(**options):
    return chromadb.HttpClient(url.hostname, url.port, settings=settings, **options)


client = connect()


@contextlib.contextmanager
def step(name):
    try:
        yield
    except BaseException:
        print("not ok", name, flush=True)
        raise
    print("ok", name, flush=True)


@contextlib.contextmanager
def raises(kind, words=""):
    try:
        yield
    except kind as error:
        assert words in str(error), f"expected {words!r} in {error!r}"
    else:
        raise AssertionError(f"expected {kind.__name__}")


def same(actual, expected):
    assert actual == expected, f"expected {expected!r}, found {actual!r}"


def ids(**filters):
    return stones.get(**filters)["ids"]


def vectors(found):
    return [[float(value) for value in vector] for vector in found["embeddings"]]


with step("asks for heartbeat, version and batch size"):
    assert client.heartbeat() > 1e18
    same(len(client.get_version().split(".")), 3)
    assert client.get_max_batch_size() >= 50

with step("creates a collection, once"):
    stones = client.create_collection(
        "stones",
        metadata={"origin": "river", "depth": 12},
        configuration={"hnsw": {"space": "l2", "ef_search": 50}},
        embedding_function=None,
    )
    same(stones.metadata, {"origin": "river", "depth": 12})
    same(stones.configuration["hnsw"]["ef_search"], 50)
    with raises(ChromaError, "already exists"):
        client.create_collection("stones", embedding_function=None)
    again = client.get_or_create_collection(
        "stones", metadata={"origin": "other"}, embedding_function=None
    )
    same(again.id, stones.id)
    same(again.metadata, {"origin": "river", "depth": 12})
    same(client.count_collections(), 1)
    same([found.name for found in client.list_collections()], ["stones"])

with step("adds records and reads them at once"):
    stones.add(
        ids=["a", "b", "c"],
        embeddings=[[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        documents=["fine silt", "coarse sand", "grey clay"],
        metadatas=[
            {"grain": 1, "wet": True, "tags": ["fine", "soft"]},
            {"grain": 2.5, "wet": False},
            {"grain": 3.0, "name": "clay"},
        ],
        uris=["s3://x/a", "s3://x/b", "s3://x/c"],
    )
    same(stones.count(), 3)
    found = stones.get(include=["documents", "metadatas", "embeddings", "uris"])
    same(found["ids"], ["a", "b", "c"])
    same(found["documents"], ["fine silt", "coarse sand", "grey clay"])
    same(vectors(found), [[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    same(found["uris"], ["s3://x/a", "s3://x/b", "s3://x/c"])
    same(found["metadatas"][0], {"grain": 1, "wet": True, "tags": ["fine", "soft"]})
    same(found["metadatas"][2], {"grain": 3.0, "name": "clay"})
    same([type(found["metadatas"][row]["grain"]) for row in (0, 2)], [int, float])

with step("adds what is new and leaves what exists"):
    stones.add(ids=["a", "d"], embeddings=[[9, 9, 9], [1, 1, 0]], documents=["again", "first"])
    same(stones.get(ids=["a", "d"])["documents"], ["fine silt", "first"])

with step("upserts: merges what exists, inserts what does not"):
    stones.upsert(
        ids=["a", "e"],
        embeddings=[[1, 0, 0.5], [0.5, 0.5, 0.5]],
        metadatas=[{"depth": 3}, {"grain": 7}],
    )
    found = stones.get(ids=["a", "e"], include=["documents", "metadatas", "embeddings"])
    same(found["documents"], ["fine silt", None])
    same(
        found["metadatas"][0],
        {"grain": 1, "wet": True, "tags": ["fine", "soft"], "depth": 3},
    )
    same(vectors(found)[0], [1, 0, 0.5])

with step("updates what exists, takes keys away, ignores what does not exist"):
    stones.update(
        ids=["b", "nobody"],
        embeddings=[[0, 1, 0], [1, 1, 1]],
        documents=["coarse wet sand", "nothing"],
        metadatas=[{"wet": True, "grain": None}, {"wet": True}],
    )
    found = stones.get(ids=["b", "nobody"])
    same(found["ids"], ["b"])
    same(found["documents"], ["coarse wet sand"])
    same(found["metadatas"], [{"wet": True}])
    stones.update(ids="b", metadatas={"grain": 2.5})

with step("finds the nearest, with exact squared distances"):
    found = stones.query(query_embeddings=[[0, 1, 0], [0, 0, 1]], n_results=2)
    same(found["ids"], [["b", "e"], ["c", "e"]])
    same(found["distances"], [[0, 0.75], [0, 0.75]])
    same(found["documents"][1][0], "grey clay")
    same(found["metadatas"][1][0]["name"], "clay")

with step("filters by metadata"):
    same(ids(where={"grain": 1}), ["a"])
    same(ids(where={"grain": {"$gt": 1}}), ["b", "c", "e"])
    same(ids(where={"grain": {"$ne": 1}}), ["b", "c", "d", "e"])
    same(ids(where={"grain": {"$in": [1, 7]}}), ["a", "e"])
    same(ids(where={"grain": {"$nin": [1, 7]}}), ["b", "c", "d"])
    same(ids(where={"$and": [{"wet": True}, {"grain": {"$lte": 2}}]}), ["a"])
    same(ids(where={"$or": [{"name": "clay"}, {"grain": 7}]}), ["c", "e"])
    same(ids(where={"tags": {"$contains": "soft"}}), ["a"])

with step("filters by document"):
    same(ids(where_document={"$contains": "wet sand"}), ["b"])
    same(ids(where_document={"$not_contains": "a"}), ["a", "d", "e"])
    same(ids(where_document={"$regex": "^(fine|grey) "}), ["a", "c"])
    same(ids(where_document={"$not_regex": "(?i)SI?"}), ["c", "e"])
    same(ids(where={"wet": True}, where_document={"$contains": "silt"}), ["a"])
    same(ids(ids=["c", "a"], where_document={"$contains": "l"}), ["a", "c"])

with step("queries within a filter and among ids"):
    found = stones.query([[0, 1, 0]], where={"wet": True}, include=["distances"])
    same(found["ids"], [["b", "a"]])
    same(found["distances"], [[0, 2.25]])
    same(found["documents"], None)
    same(stones.query([[0, 1, 0]], ids=["c", "d"])["ids"], [["d", "c"]])

with step("deletes by id and by filter"):
    stones.delete(ids=["d"])
    same(stones.delete(where={"grain": 7})["deleted"], 1)
    same(stones.delete(where={"grain": {"$gte": 1}}, limit=1)["deleted"], 1)
    same(ids(), ["b", "c"])

with step("starts clean when a deleted id is added again, and pages in order of insertion"):
    stones.add(ids="a", embeddings=[3, 0, 0], documents="new silt")
    found = stones.get()
    same(found["ids"], ["b", "c", "a"])
    same(found["metadatas"][2], None)
    same(ids(limit=2, offset=1), ["c", "a"])
    same(stones.peek(limit=1)["ids"], ["b"])

with step("tells errors by their kinds, with nothing left behind"):
    with raises(InvalidArgumentError, "dimension of 3, got 2"):
        stones.add(ids=["z"], embeddings=[[1, 2]])
    with raises(InvalidArgumentError):
        stones.get(where_document={"$regex": "("})
    with raises(NotFoundError, "nowhere"):
        client.get_collection("nowhere", embedding_function=None)
    with raises(NotFoundError):
        client.delete_collection("nowhere")
    with raises(InvalidArgumentError):
        client.create_collection("no good name", embedding_function=None)
    with raises(NotFoundError, "unknown-tenant"):
        connect(tenant="unknown-tenant")
    gone = client.create_collection("gone", embedding_function=None)
    client.delete_collection("gone")
    with raises(NotFoundError, "does not exist"):
        gone.count()
    same(stones.count(), 3)

with step("writes a thousand in batches as large as the server takes and finds every one"):
    many = client.create_collection(
        "many", configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
    )
    points = [[math.cos(i * math.pi / 1000), math.sin(i * math.pi / 1000)] for i in range(1000)]
    size = client.get_max_batch_size()
    for batch in (range(start, min(start + size, 1000)) for start in range(0, 1000, size)):
        many.add(
            ids=[f"r{i}" for i in batch],
            embeddings=[points[i] for i in batch],
            metadatas=[{"i": i, "even": i % 2 == 0} for i in batch],
        )
    same(many.count(), 1000)
    for i in (0, 1, 499, 998, 999):
        found = many.query([points[i]], n_results=1)
        same(found["ids"], [[f"r{i}"]])
        assert abs(found["distances"][0][0]) < 1e-6
    same(many.get(where={"even": True}, limit=3)["ids"], ["r0", "r2", "r4"])
    assert many.get_indexing_status().total_ops >= 1

with step("searches with ranks, groups and a selection"):
    hills = client.create_collection("hills", embedding_function=None)
    hills.add(
        ids=["a", "b", "c", "d"],
        embeddings=[[0, 0], [1, 0], [3, 0], [4, 0]],
        documents=["first", "second", "third", "fourth"],
        metadatas=[{"side": "north"}, {"side": "north"}, {"side": "south"}, {"side": "south"}],
    )
    nearest = Knn(query=[0.0, 0.0], limit=4)
    [rows] = hills.search(
        Search()
        .where(K("side").is_in(["north", "south"]))
        .rank(nearest * 2 + 1)
        .limit(3)
        .select(K.DOCUMENT, K.SCORE, "side")
    ).rows()
    same([row["id"] for row in rows], ["a", "b", "c"])
    same([row["score"] for row in rows], [1, 3, 19])
    same(rows[2]["document"], "third")
    same(rows[2]["metadata"], {"side": "south"})
    fused = Rrf(
        ranks=[
            Knn(query=[0.0, 0.0], limit=4, return_rank=True),
            Knn(query=[4.0, 0.0], limit=4, return_rank=True),
        ],
        k=1,
        weights=[2.0, 1.0],
    )
    grouped = GroupBy(keys=[K("side")], aggregate=MinK(keys=[K.SCORE], k=1))
    both = hills.search(
        [
            Search().rank(fused).group_by(grouped).select(K.SCORE),
            Search().where(K.ID.is_in(["d", "b"])),
        ]
    )
    same(both["ids"], [["a", "d"], ["b", "d"]])

with step("keeps a tenant's collections apart"):
    admin = chromadb.AdminClient(
        Settings(
            chroma_api_impl="chromadb.api.fastapi.FastAPI",
            chroma_server_host=url.hostname,
            chroma_server_http_port=url.port,
            anonymized_telemetry=False,
        )
    )
    admin.create_tenant("geology")
    admin.create_database("samples", tenant="geology")
    with raises(ChromaError):
        admin.create_database("samples", tenant="geology")
    other = connect(tenant="geology", database="samples")
    own = other.create_collection("stones", embedding_function=None)
    own.add(ids=["a"], embeddings=[[1, 2]])
    same([own.count(), stones.count()], [1, 3])
    other.delete_collection("stones")
    admin.delete_database("samples", tenant="geology")

with step("renames and drops collections"):
    stones.modify(name="pebbles", metadata={"origin": "sea"})
    pebbles = client.get_collection("pebbles", embedding_function=None)
    same([pebbles.count(), pebbles.metadata], [3, {"origin": "sea"}])
    for name in ("pebbles", "many", "hills"):
        client.delete_collection(name)
    same(client.list_collections(), [])

print("done")
