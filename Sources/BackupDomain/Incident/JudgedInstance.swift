/// An instance that is watched, with the verdict on how it is protected.
package struct JudgedInstance: Sendable {
    /// What is known of it and expected.
    package var watch: InstanceWatch
    /// Whether it is protected.
    package var verdict: ProtectionStatus.Verdict

    /// Creates a value.
    package init(watch: InstanceWatch, verdict: ProtectionStatus.Verdict) {
        self.watch = watch
        self.verdict = verdict
    }
}
