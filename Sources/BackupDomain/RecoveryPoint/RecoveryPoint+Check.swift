package import FoundationEssentials

extension RecoveryPoint {
    /// Decides what a check at this moment shows.
    ///
    /// A backup in flight, one whose run failed, and one that `prune` deleted are no matter of a check. A backup that is
    /// gone is a finding for as long as Azure would have restored it: after that somebody has only tidied up.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: What to write down of the backup; nil where there is nothing to check.
    package func checked(at now: Date) -> BackupVerification? {
        var document =
            self.verification ?? BackupVerification(container: self.container, name: self.name, run: self.run)
        guard let blob = self.blob else {
            guard self.condition == .vanished, self.restorableUntil > now, !self.isAdopted else { return nil }
            document.note(.vanished, was: self.knownSight, now: nil, at: now)
            return document
        }
        switch self.condition {
        case .inFlight, .failed, .deleted, .vanished: return nil
        case .changed:
            if blob.bytes > 0 { document.pass(.listed, blob, at: now) }
            let isSmaller = self.recorded?.bytes.map { blob.bytes < $0 } ?? false
            document.note(isSmaller ? .shrunken : .changed, was: self.knownSight, now: Sight(blob), at: now)
        case .proven, .unproven:
            guard blob.bytes > 0 else {
                document.sighting = nil
                document.note(.empty, was: self.knownSight, now: Sight(blob), at: now)
                return document
            }
            if self.isOutOfReach(at: now) {
                document.note(.archived, was: self.knownSight, now: Sight(archived: blob), at: now)
            } else {
                document.finding = nil
            }
            document.pass(.listed, blob, at: now)
            if self.recorded?.etag != nil {
                document.pass(.unchanged, blob, at: now)
            } else {
                document.see(blob, at: now)
            }
        }
        return document
    }

    private typealias Sight = VerificationFinding.Sight

    /// The blob as it was recorded, or as it was seen last.
    private var knownSight: VerificationFinding.Sight? {
        if let recorded = self.recorded, recorded.etag != nil || recorded.bytes != nil {
            return Sight(bytes: recorded.bytes, etag: recorded.etag, contentMD5: recorded.contentMD5)
        }
        return self.verification?.sighting.map { Sight(bytes: $0.bytes, etag: $0.etag, contentMD5: nil) }
    }
}

extension BackupVerification {
    fileprivate mutating func pass(_ level: VerificationLevel, _ blob: BlobProperties, at now: Date) {
        self.levels[level.rawValue] = Pass(at: now, etag: blob.etag)
    }

    fileprivate mutating func see(_ blob: BlobProperties, at now: Date) {
        guard var sighting = self.sighting, sighting.etag == blob.etag, sighting.bytes == blob.bytes else {
            self.sighting = Sighting(etag: blob.etag, bytes: blob.bytes, at: now)
            return
        }
        sighting.count += 1
        sighting.lastAt = now
        self.sighting = sighting
        self.pass(.unchanged, blob, at: now)
    }

    fileprivate mutating func note(
        _ kind: VerificationFinding.Kind,
        was: VerificationFinding.Sight?,
        now sight: VerificationFinding.Sight?,
        at date: Date
    ) {
        let isKnown = self.finding.map { $0.kind == kind && $0.now == sight } ?? false
        guard !isKnown else { return }
        self.finding = VerificationFinding(kind: kind, was: was, now: sight, noticedAt: date)
    }
}
