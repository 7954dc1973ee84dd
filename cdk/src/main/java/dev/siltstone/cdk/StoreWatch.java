package dev.siltstone.cdk;

import dev.siltstone.cdk.props.WatchProps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/**
 * How people hear of trouble. There are few alarms, as each costs $0.10 a month while nothing
 * happens; docs/runbook.md says for each what it means and what to do.
 */
final class StoreWatch extends Construct {
  private static final int STUCK_AFTER_SECONDS = 3_600;

  StoreWatch(Construct scope, String id, StoreMetrics metrics, WatchProps props) {
    super(scope, id);
    if (props.alarms()) {
      List<Alarm> alarms = alarms(metrics);
      topics(props)
          .forEach(topic -> alarms.forEach(alarm -> alarm.addAlarmAction(new SnsAction(topic))));
    }
    if (props.dashboard()) {
      dashboard(metrics);
    }
  }

  private List<Alarm> alarms(StoreMetrics metrics) {
    List<Alarm> alarms = new ArrayList<>(always(metrics));
    if (metrics.deadWrites() != null) {
      alarms.add(
          alarm(
              "DeadWrites",
              "Writes from the ingest queue were refused again and again; they are not applied.",
              metrics.deadWrites(),
              1,
              1));
    }
    if (metrics.deadFiles() != null) {
      alarms.add(
          alarm(
              "DeadFiles",
              "The import of a file could not go on, again and again.",
              metrics.deadFiles(),
              1,
              1));
      alarms.add(
          alarm(
              "RefusedFiles",
              "A dropped file could not be imported, or not to its end.",
              metrics.refusedFiles(),
              1,
              1));
    }
    return alarms;
  }

  private List<Alarm> always(StoreMetrics metrics) {
    return List.of(
        alarm(
            "DeadNotices",
            "The compactor failed on a collection again and again.",
            metrics.deadNotices(),
            1,
            1),
        alarm(
            "NoticesWaiting",
            "Writes have waited for the compactor for an hour.",
            metrics.oldestNotice(),
            STUCK_AFTER_SECONDS,
            1),
        alarm(
            "DeltasSetAside",
            "Acknowledged writes were set aside because nobody can decode them.",
            metrics.deltasSetAside(),
            1,
            1),
        alarm(
            "CompactorErrors",
            "Runs of the compactor end with an error, or are killed.",
            metrics.compactorErrors(),
            1,
            3),
        alarm(
            "ApiFailures",
            "Callers of the API get answers of 500 and above.",
            metrics.apiFailures(),
            5,
            2));
  }

  /** In {@code periods} of three (or in the only one) the metric is at the threshold or above. */
  private Alarm alarm(String id, String meaning, IMetric metric, int threshold, int periods) {
    return Alarm.Builder.create(this, id)
        .alarmDescription(meaning + " See docs/runbook.md#" + anchor(id))
        .metric(metric)
        .threshold(threshold)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
        .evaluationPeriods(periods == 1 ? 1 : 3)
        .datapointsToAlarm(periods)
        .treatMissingData(TreatMissingData.NOT_BREACHING)
        .build();
  }

  /** {@code dead-notices} for {@code DeadNotices}: the heading in the runbook. */
  private static String anchor(String id) {
    return id.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT);
  }

  private List<ITopic> topics(WatchProps props) {
    List<ITopic> topics = new ArrayList<>();
    if (props.topicArn() != null) {
      topics.add(Topic.fromTopicArn(this, "Given", props.topicArn()));
    }
    if (props.email() != null) {
      topics.add(mailing(props.email()));
    }
    return topics;
  }

  /** With a policy of its own a topic no longer takes what CloudWatch sends, unless it says so. */
  private Topic mailing(String address) {
    Topic topic = Topic.Builder.create(this, "Alarms").enforceSsl(true).build();
    topic.addSubscription(new EmailSubscription(address));
    topic.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .sid("AlarmsPublish")
            .effect(Effect.ALLOW)
            .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
            .actions(List.of("sns:Publish"))
            .resources(List.of(topic.getTopicArn()))
            .conditions(
                Map.of("StringEquals", Map.of("aws:SourceAccount", Stack.of(this).getAccount())))
            .build());
    return topic;
  }

  private void dashboard(StoreMetrics metrics) {
    Dashboard dashboard = new Dashboard(this, "Dashboard");
    dashboard.addWidgets(
        graph("Calls and failures", metrics.apiCalls(), metrics.apiFailures()),
        graph("Read p95, ms", metrics.queryDuration()),
        graph("Write p95, ms", metrics.producerDuration()));
    dashboard.addWidgets(
        graph("Oldest notice, s", metrics.oldestNotice()),
        graph("Longest run of the compactor, ms", metrics.compactorDuration()),
        graph(
            "Errors and dead notices",
            metrics.compactorErrors(),
            metrics.deadNotices(),
            metrics.deltasSetAside()));
  }

  private static IWidget graph(String title, IMetric... metrics) {
    return GraphWidget.Builder.create().title(title).left(List.of(metrics)).width(8).build();
  }
}
