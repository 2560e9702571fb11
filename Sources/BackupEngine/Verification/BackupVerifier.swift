package import BackupDomain
import FoundationEssentials
import Synchronization

/// Checks what lies in the container against the records, and writes down what it saw.
package struct BackupVerifier: Sendable {
    /// How many documents are written at once.
    private static let width = 8

    private let source: RecoveryPointSource
    /// Creates a verifier.
    ///
    /// - Parameter source: The recovery points.
    package init(source: RecoveryPointSource) { self.source = source }

    /// Checks one instance's backups.
    ///
    /// An identity that may not write to the catalog sees the same; the report says that nothing was written down.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - seen: What a look at the container showed a moment ago.
    /// - Returns: What is there and what is wrong.
    /// - Throws: ``BackupDomain/BackupError``
    package func verify(_ instance: InstanceKey, in seen: BackupContainer) async throws -> VerificationReport {
        let known = try await self.source.points(of: instance, in: seen)
        let now = seen.at
        let refusal = Mutex<BackupError?>(nil)
        let points = try await known.points.map(width: Self.width) { point in
            guard let checked = point.checked(at: now) else { return point }
            var result = point
            result.verification = checked
            if refusal.withLock({ $0 == nil }) {
                do {
                    result.verification = try await self.write(point, at: now, of: instance)
                } catch let error as BackupError where error.code == .permissionDenied {
                    refusal.withLock { $0 = error }
                }
            }
            return result
        }
        if refusal.withLock({ $0 == nil }) {
            do {
                try await self.source.catalog.note(points, of: instance, at: now)
                try await self.noteAdopted(points, of: instance, at: now)
            } catch let error as BackupError where error.code == .permissionDenied {
                refusal.withLock { $0 = error }
            }
        }
        return VerificationReport(instance: instance, at: now, points: points, unwritten: refusal.withLock(\.self))
    }

    /// Writes down which adopted backups are good, where `status` reads it; nothing where there never were any.
    private func noteAdopted(_ points: [RecoveryPoint], of instance: InstanceKey, at now: Date) async throws {
        let seen = AdoptedBackups(points, at: now)
        let path = CatalogPath.adopted(of: instance)
        if seen.points.isEmpty, try await self.source.documents.read(AdoptedBackups.self, at: path) == nil { return }
        try await self.source.documents.change(at: path, from: seen) { $0 = seen }
    }

    private func write(
        _ point: RecoveryPoint,
        at now: Date,
        of instance: InstanceKey
    ) async throws -> BackupVerification {
        let digest = CatalogPath.digest(point.name, in: point.container)
        let path = "\(CatalogPath.verifications(of: instance))\(digest).json"
        let blank = BackupVerification(container: point.container, name: point.name, run: point.run)
        return try await self.source.documents.change(at: path, from: blank) { document in
            // Another check may have written in the meantime: what this one saw is added to what is there now.
            var current = point
            current.verification = document
            document = current.checked(at: now) ?? document
        }
    }
}
