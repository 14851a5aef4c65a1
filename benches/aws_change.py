#!/usr/bin/env python3
"""Changes N resources of the estate on moto, as somebody would: policies of buckets, then attributes of queues and topics.

  aws_change.py --truth truth.json --count N --events FILE

Needs `AWS_ENDPOINT_URL` and credentials of the management account. `FILE` gets the records that CloudTrail would have of
it (moto keeps none), for `aws_replay.py --events`.
"""
import argparse
import datetime
import json
import uuid

import boto3

ROLE = "OrganizationAccountAccessRole"
MANAGEMENT = "123456789012"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--truth", required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--events", required=True)
    args = parser.parse_args()
    truth = json.load(open(args.truth))
    sessions = {}

    def client(service, resource):
        account = resource["account"]
        if account not in sessions:
            keys = {}
            if account != MANAGEMENT:
                role = f"arn:aws:iam::{account}:role/{ROLE}"
                answer = boto3.client("sts").assume_role(RoleArn=role, RoleSessionName="change")["Credentials"]
                names = [("aws_access_key_id", "AccessKeyId"), ("aws_secret_access_key", "SecretAccessKey")]
                keys = {ours: answer[theirs] for ours, theirs in [*names, ("aws_session_token", "SessionToken")]}
            sessions[account] = boto3.Session(**keys)
        region = resource["region"] if resource["region"] != "global" else "us-east-1"
        return sessions[account].client(service, region_name=region)

    def bucket(resource):
        statement = {"Sid": "Change", "Effect": "Deny", "Principal": {"AWS": f"arn:aws:iam::{resource['account']}:root"}}
        statement |= {"Action": "s3:DeleteBucket", "Resource": resource["arn"]}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        client("s3", resource).put_bucket_policy(Bucket=resource["id"], Policy=policy)
        return "s3", "PutBucketPolicy", {"bucketName": resource["id"]}

    def queue(resource):
        sqs = client("sqs", resource)
        url = sqs.get_queue_url(QueueName=resource["arn"].split(":")[-1])["QueueUrl"]
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"MaximumMessageSize": "2048"})
        return "sqs", "SetQueueAttributes", {"queueUrl": url}

    def topic(resource):
        sns = client("sns", resource)
        sns.set_topic_attributes(TopicArn=resource["arn"], AttributeName="DisplayName", AttributeValue="changed")
        return "sns", "SetTopicAttributes", {"topicArn": resource["arn"]}

    kinds = [("s3.bucket", bucket), ("sqs.queue", queue), ("sns.topic", topic)]
    # Few of each kind and in every account, not all buckets of the first.
    groups = [[(change, r) for r in truth["resources"] if r["kind"] == kind] for kind, change in kinds]
    order = [group[n] for n in range(max(map(len, groups))) for group in groups if n < len(group)]
    events = []
    for change, resource in order[: args.count]:
        source, name, parameters = change(resource)
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        user = f"arn:aws:iam::{resource['account']}:user/somebody"
        events.append(
            {
                "eventVersion": "1.11",
                "userIdentity": {"type": "IAMUser", "arn": user, "accountId": resource["account"], "userName": "somebody"},
                "eventTime": now,
                "eventSource": f"{source}.amazonaws.com",
                "eventName": name,
                "awsRegion": resource["region"],
                "sourceIPAddress": "203.0.113.7",
                "userAgent": "aws-cli",
                "requestParameters": parameters,
                "responseElements": None,
                "eventID": str(uuid.uuid4()),
                "readOnly": False,
                "eventType": "AwsApiCall",
                "managementEvent": True,
                "recipientAccountId": resource["account"],
                "eventCategory": "Management",
            }
        )
    json.dump(events, open(args.events, "w"))
    print(len(events))


if __name__ == "__main__":
    main()
