"""usage: SSL_CERT_FILE=… tls.py PORT TOKEN

The README's example, with a host and a port of this machine.
"""
import sys

import chromadb

port, token = int(sys.argv[1]), sys.argv[2]
client = chromadb.HttpClient(host="localhost", port=port, ssl=True,
                             headers={"x-chroma-token": token})

rivers = client.get_or_create_collection("rivers", embedding_function=None)
rivers.add(ids=["a"], embeddings=[[1, 2]], documents=["silt"])
assert rivers.count() == 1

try:
    chromadb.HttpClient(host="localhost", port=port, ssl=True)
except Exception as refused:
    print(type(refused).__name__)
else:
    raise AssertionError("a stranger was let in")
print("done")
