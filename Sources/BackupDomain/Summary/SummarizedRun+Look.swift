package import FoundationEssentials

/// What a look at a run's backup shows, long after the run.
extension SummarizedRun {
    /// Decides what is wrong with the backup's blob, as `verify` does.
    ///
    /// - Parameters:
    ///   - observation: The blob as it is.
    ///   - now: The present instant.
    /// - Returns: What is wrong; nil where the blob is the one that the run saw, or where the run saw none and it holds something,
    ///   and lies where Azure can read it.
    package func finding(of observation: BlobObservation, at now: Date) -> VerificationFinding? {
        let was = self.etag == nil && self.bytes == nil ? nil : self.sight
        guard case .present(let blob) = observation else {
            return VerificationFinding(kind: .vanished, was: was, now: nil, noticedAt: now)
        }
        guard let kind = self.fault(of: blob) else { return nil }
        let sight = kind == .archived ? VerificationFinding.Sight(archived: blob) : VerificationFinding.Sight(blob)
        return VerificationFinding(kind: kind, was: was, now: sight, noticedAt: now)
    }

    private var sight: VerificationFinding.Sight {
        VerificationFinding.Sight(bytes: self.bytes, etag: self.etag, contentMD5: nil)
    }

    private func fault(of blob: BlobProperties) -> VerificationFinding.Kind? {
        if let etag = self.etag, etag != blob.etag || self.bytes.map({ $0 != blob.bytes }) ?? false {
            return self.bytes.map { blob.bytes < $0 } ?? false ? .shrunken : .changed
        }
        if blob.bytes == 0 { return .empty }
        return blob.isArchived ? .archived : nil
    }
}

extension VerificationFinding.Kind {
    /// How an instance's summary puts it.
    package var standing: SummarizedRun.Standing { self == .vanished ? .vanished : .changed }
}
