package dev.siltstone.contract;

@On(On.Kind.EMBEDDED)
final class EmbeddedCatalogTest extends CatalogContract {}
