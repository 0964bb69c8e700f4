package com.example.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkondemandbackup.BackupCompletion;
import io.github.cdkondemandbackup.BackupSource;
import io.github.cdkondemandbackup.BackupWaitOptions;
import io.github.cdkondemandbackup.OnDemandBackup;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.s3.Bucket;

public final class BadInput {
  private BadInput() {}

  public static void main(String[] args) throws JsonProcessingException {
    Map<String, Consumer<Stack>> cases = new LinkedHashMap<>();
    // Several props at once, refused by the constructor.
    cases.put(
        "props",
        stack ->
            OnDemandBackup.Builder.create(stack, "Backup")
                .source(
                    BackupSource.fromArn("arn:aws:dynamodb:eu-west-1:111122223333:table/orders"))
                .startWindow(Duration.minutes(30))
                .deleteAfter(Duration.days(0))
                .recoveryPointTags(Map.of("aws:team", "orders"))
                .build());
    // An option, refused by a factory.
    cases.put(
        "option",
        stack ->
            BackupCompletion.waitFor(
                BackupWaitOptions.builder().timeout(Duration.hours(13)).build()));
    // A construct that cannot be guarded.
    cases.put(
        "guard", stack -> OnDemandBackup.guard(Table.fromTableName(stack, "Imported", "orders")));
    // What another construct lacks, found by the synthesis.
    cases.put(
        "synthesis",
        stack ->
            OnDemandBackup.Builder.create(stack, "Backup")
                .source(BackupSource.fromS3Bucket(new Bucket(stack, "Photos")))
                .build());

    Map<String, String> messages = new LinkedHashMap<>();
    cases.forEach((name, build) -> messages.put(name, messageOf(build)));
    System.out.println(
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(messages));
  }

  private static String messageOf(Consumer<Stack> build) {
    App app = new App();
    try {
      build.accept(new Stack(app, "Shop"));
      app.synth();
    } catch (RuntimeException error) {
      return error.getMessage();
    }
    return "no error";
  }
}
