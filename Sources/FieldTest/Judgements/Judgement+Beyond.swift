/// What a field test cannot see, and why.
extension Judgement {
    static let beyond: [Judgement] = [
        .unseen("oldest-api-version", "It would take an instance that refuses older api-versions."),
        .unseen("identity-needs-api-version", "It would take calls of an older api-version, which are not made."),
        .unseen("restorable-for-30-days", "It would take a backup that is older than 30 days."),
        .unseen("contents-are-readable", "A transcript does not say which role the caller holds."),
        .unseen("deleted-instance-is-kept", "No instance is deleted for a test."),
        .unseen("trusted-logic-app", "No Logic App is at work in it."),
        .unseen("until-at-its-limit", "No Logic App is at work in it."),
        .unseen("listing-for-role-on-resource", "A transcript does not say on what the caller's roles are."),
        .unseen("subscription-for-role-on-resource", "A transcript does not say on what the caller's roles are."),
        .unseen(
            "workspace-gateways",
            "It would take an instance with a workspace gateway, of which there is no backup."
        ),
        .unseen("roles-take-minutes", "No role is assigned for a test."),
        .unseen("role-names", "Only what roles allow is read, not their names."),
        .unseen("throttled-call-not-done", "An answer does not show what Azure did beside it."),
        .unseen("unauthorized-call-not-done", "An answer does not show what Azure did beside it."),
        .unseen("existing-blob", "No backup is posted under a name that is there."),
        .unseen("missing-container", "The container is made before the backup."),
        .unseen("container-immutability-of-blob", "No container is put under a policy for a test."),
        .unseen("deletion-of-protected-version", "No blob is put under a policy for a test."),
        .unseen("container-being-deleted", "No container is deleted for a test."),
        .unseen("certificate-assertion", "An assertion is a secret, and does not stand in a transcript."),
        .unseen("token-claims", "A token is a secret, and does not stand in a transcript."),
        .unseen("command-line-token", "Azure's CLI is no call of ours."),
        .unseen("credential-names", "It is about variables, not about calls."),
        .unseen("sovereign-clouds", "One field test sees one cloud."),
        .unseen("email-is-accepted", "No mail is sent for a test."),
    ]
}
