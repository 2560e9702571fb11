/// What one checkup showed to stand otherwise than the one before, as far as people are told.
package struct CheckChange: Sendable, Hashable {
    /// How the check stands now.
    package var result: CheckResult
    /// How it stood before; nil where nobody had looked.
    package var before: CheckVerdict?

    /// Compares two checkups.
    ///
    /// - Parameters:
    ///   - before: The results of the one before.
    ///   - after: The results now.
    /// - Returns: What got worse, got worse still, or is well again.
    package static func between(_ before: [CheckResult], _ after: [CheckResult]) -> [CheckChange] {
        let known = Dictionary(before.map { ($0.check, $0) }) { first, _ in first }
        return after.compactMap { result in
            let former = known[result.check]
            let isNews = result.isWorse != (former?.isWorse ?? false)
            guard isNews || (result.isWorse && result.verdict != former?.verdict) else { return nil }
            return CheckChange(result: result, before: former?.verdict)
        }
    }
}
