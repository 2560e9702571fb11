extension BackupError {
    /// The kind of a ``BackupError``; open, so that a new kind breaks no reader of old records.
    package struct Code: Hashable, Sendable, Codable, CustomStringConvertible {
        /// The code's name as JSON shows it.
        package let name: String

        private init(_ name: String) { self.name = name }

        package init(from decoder: any Decoder) throws {
            self.name = try decoder.singleValueContainer().decode(String.self)
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(self.name)
        }

        package var description: String { self.name }

        /// A flag, variable or file that breaks a rule.
        package static let invalidInput = Self("invalidInput")
        /// No credential could be had.
        package static let noCredential = Self("noCredential")
        /// Azure refused the token that the credential gave.
        package static let credentialRejected = Self("credentialRejected")
        /// No instance of that name or id can be seen.
        package static let instanceNotFound = Self("instanceNotFound")
        /// Several instances have that name.
        package static let instanceAmbiguous = Self("instanceAmbiguous")
        /// The instance's tier has no backup.
        package static let tierUnsupported = Self("tierUnsupported")
        /// The instance lacks the identity that the access type needs.
        package static let identityMissing = Self("identityMissing")
        /// The instance accepts only api-versions newer than the one in use.
        package static let apiVersionTooOld = Self("apiVersionTooOld")
        /// No storage account of that name can be reached.
        package static let storageAccountNotFound = Self("storageAccountNotFound")
        /// The container is missing and could not be made.
        package static let containerUnavailable = Self("containerUnavailable")
        /// The caller's roles do not allow the call.
        package static let permissionDenied = Self("permissionDenied")
        /// A lock on the resource forbids the call; waiting does not help.
        package static let scopeLocked = Self("scopeLocked")
        /// Every name that this run may use is taken.
        package static let backupNameTaken = Self("backupNameTaken")
        /// Another operation holds the instance.
        package static let busy = Self("busy")
        /// Azure says that the backup failed.
        package static let backupFailed = Self("backupFailed")
        /// Azure says that the backup is done, but there is no such blob, or an empty or older one.
        package static let backupMissing = Self("backupMissing")
        /// Azure says that the restore failed.
        package static let restoreFailed = Self("restoreFailed")
        /// Azure restores the backup no longer.
        package static let backupExpired = Self("backupExpired")
        /// The backup lies in the tier Archive, from which Azure reads nothing.
        package static let backupArchived = Self("backupArchived")
        /// The backup is of another pricing tier than the instance that it is to go into.
        package static let tierMismatch = Self("tierMismatch")
        /// Nothing has proven the backup.
        package static let backupUnverified = Self("backupUnverified")
        /// The backup is to go into the instance that it comes from, and nobody said that this is meant.
        package static let sameInstance = Self("sameInstance")
        /// The instance is in a state in which nothing can be restored into it.
        package static let instanceUnusable = Self("instanceUnusable")
        /// The instance could not be looked at after the restore.
        package static let targetUnseen = Self("targetUnseen")
        /// The blob could not be looked at.
        package static let backupUnreadable = Self("backupUnreadable")
        /// The operation was not seen to its end within the limit.
        package static let notSeenToTheEnd = Self("notSeenToTheEnd")
        /// It is not known whether Azure accepted the call.
        package static let ambiguousSubmission = Self("ambiguousSubmission")
        /// The run was interrupted; the backup goes on in Azure.
        package static let interrupted = Self("interrupted")
        /// The host's name cannot be resolved.
        package static let hostNotFound = Self("hostNotFound")
        /// The connection could not be made or broke.
        package static let unreachable = Self("unreachable")
        /// TLS could not be set up, mostly a certificate that is not trusted.
        package static let tlsFailed = Self("tlsFailed")
        /// The proxy refused.
        package static let proxyRefused = Self("proxyRefused")
        /// No answer within the deadline.
        package static let timedOut = Self("timedOut")
        /// The answer is not what the protocol allows.
        package static let malformedAnswer = Self("malformedAnswer")
        /// The answer is larger than the cap.
        package static let answerTooLarge = Self("answerTooLarge")
        /// A URL in an answer leads to another origin.
        package static let foreignLocation = Self("foreignLocation")
        /// This machine's clock is too far from Azure's.
        package static let clockOff = Self("clockOff")
        /// Azure throttled the call for longer than we wait.
        package static let throttled = Self("throttled")
        /// Azure refused or failed the call in a way that has no code of its own here.
        package static let azureError = Self("azureError")
        /// A record of that name exists already.
        package static let recordExists = Self("recordExists")
        /// Somebody else changed the record or holds the blob.
        package static let conflict = Self("conflict")
        /// An immutability policy or a legal hold protects the blob.
        package static let blobProtected = Self("blobProtected")
        /// No run, backup or container of that name is there.
        package static let notFound = Self("notFound")
        /// A record or another document of the catalog is damaged.
        package static let recordUnreadable = Self("recordUnreadable")
        /// A channel did not take a notice.
        package static let noticeNotDelivered = Self("noticeNotDelivered")
        /// A record or another document of the catalog was written by a newer release, and only that can honour it.
        package static let recordTooNew = Self("recordTooNew")
        /// A deployment would not be taken, or something stands in its way; nothing was made.
        package static let deploymentRefused = Self("deploymentRefused")
        /// A deployment failed half-way.
        package static let deploymentFailed = Self("deploymentFailed")
        /// A check of the doctor stands worse than it did.
        package static let checkFailed = Self("checkFailed")
        /// A file could not be read or written.
        package static let fileProblem = Self("fileProblem")
    }
}
