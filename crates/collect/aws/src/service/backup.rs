//! AWS Backup.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Page, Protocol, Reach, Service};

const MORE: Page = Page::Token { get: "NextToken", send: "nextToken" };

pub(crate) const BACKUP: Service = Service {
    name: "backup",
    endpoint: "backup",
    event_source: "backup",
    protocol: Protocol::RestJson,
    reach: Reach::Regional,
    // What has at least one recovery point, of whichever service: one call for all checks that ask it.
    scope_facets: &[Facet {
        name: "backup_protected",
        from: From::Each(
            Call::new("ListProtectedResources", "backup:ListProtectedResources")
                .path("GET /resources/?maxResults=1000")
                .page(MORE)
                .at("Results")
                .shape(
                    "Results:[{ResourceArn ResourceType LastBackupTime:drop ResourceName:drop \
                        LastBackupVaultArn:drop LastRecoveryPointArn:drop}] NextToken",
                ),
        ),
    }],
    kinds: &[
        Kind::new(
            "aws.backup.vault",
            Call::new("ListBackupVaults", "backup:ListBackupVaults")
                .path("GET /backup-vaults/?maxResults=1000")
                .page(MORE)
                .at("BackupVaultList")
                .shape(
                    "BackupVaultList:[{BackupVaultName BackupVaultArn VaultType VaultState:drop EncryptionKeyArn \
                        EncryptionKeyType NumberOfRecoveryPoints:drop Locked:bool MinRetentionDays:int \
                        MaxRetentionDays:int LockDate:time CreationDate:time}] NextToken",
                ),
            "{BackupVaultArn}",
            "{BackupVaultName}",
        )
        .facets(&[
            Facet { name: "configuration", from: From::Item },
            Facet {
                name: "policy",
                from: From::Each(
                    Call::new("GetBackupVaultAccessPolicy", "backup:GetBackupVaultAccessPolicy")
                        .path("GET /backup-vaults/{BackupVaultName}/access-policy")
                        .shape("BackupVaultName BackupVaultArn Policy:policy")
                        .none(&["ResourceNotFoundException"]),
                ),
            },
        ])
        .links(&[Link::new(
            EdgeKind::Uses,
            "item.EncryptionKeyArn",
            "arn:{.partition}:kms:{.region}:{.account}:key/{}",
        )]),
        Kind::new(
            "aws.backup.plan",
            Call::new("ListBackupPlans", "backup:ListBackupPlans")
                .path("GET /backup/plans/?maxResults=1000")
                .page(MORE)
                .at("BackupPlansList")
                .shape(
                    "BackupPlansList:[{BackupPlanId BackupPlanArn BackupPlanName VersionId CreationDate:time \
                        LastExecutionDate:drop}] NextToken",
                ),
            "{BackupPlanArn}",
            "{BackupPlanName}",
        )
        .facets(&[
            Facet { name: "configuration", from: From::Item },
            Facet {
                name: "plan",
                from: From::Each(
                    Call::new("GetBackupPlan", "backup:GetBackupPlan")
                        .path("GET /backup/plans/{BackupPlanId}/")
                        .at("BackupPlan")
                        .shape(
                            "BackupPlan:{BackupPlanName Rules:[{RuleName TargetBackupVaultName ScheduleExpression \
                                EnableContinuousBackup:bool Lifecycle:{MoveToColdStorageAfterDays:int \
                                DeleteAfterDays:int} CopyActions:[{DestinationBackupVaultArn \
                                Lifecycle:{DeleteAfterDays:int}}]}]} LastExecutionDate:drop",
                        )
                        .gone(&["ResourceNotFoundException"]),
                ),
            },
            Facet {
                name: "selections",
                from: From::Each(
                    Call::new("ListBackupSelections", "backup:ListBackupSelections")
                        .path("GET /backup/plans/{BackupPlanId}/selections/?maxResults=1000")
                        .page(MORE)
                        .at("BackupSelectionsList")
                        .shape("BackupSelectionsList:[{SelectionId SelectionName IamRoleArn}] NextToken")
                        .gone(&["ResourceNotFoundException"]),
                ),
            },
        ])
        .links(&[
            Link::new(EdgeKind::RunsAs, "selections.items[].IamRoleArn", "{}"),
            Link::new(
                EdgeKind::Uses,
                "plan.Rules[].TargetBackupVaultName",
                "arn:{.partition}:backup:{.region}:{.account}:backup-vault:{}",
            ),
        ]),
    ],
};
