package dev.siltstone.contract;

@On(On.Kind.AWS)
final class AwsLeaseStoreTest extends LeaseStoreContract {}
