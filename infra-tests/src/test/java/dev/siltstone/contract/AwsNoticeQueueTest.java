package dev.siltstone.contract;

@On(On.Kind.AWS)
final class AwsNoticeQueueTest extends NoticeQueueContract {}
