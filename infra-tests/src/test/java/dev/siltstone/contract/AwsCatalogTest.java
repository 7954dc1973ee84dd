package dev.siltstone.contract;

@On(On.Kind.AWS)
final class AwsCatalogTest extends CatalogContract {}
