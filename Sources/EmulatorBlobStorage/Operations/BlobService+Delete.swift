import EmulatorRuntime

/// Operations that delete a blob or bring it back.
///
/// Sources: <https://learn.microsoft.com/rest/api/storageservices/delete-blob>,
/// <https://learn.microsoft.com/rest/api/storageservices/undelete-blob>
extension BlobService {
    func deleteBlob(_ call: BlobCall) throws -> EmulatedResponse {
        try Self.refuseSnapshots(call.request)
        if call.request.query["deletetype"] != nil { throw StorageError.notEmulated("Permanent delete") }
        let snapshots = try call.request.oneOf("x-ms-delete-snapshots", ["include", "only"])
        guard snapshots != "only" else {
            // There are none; the blob itself stays.
            _ = try self.blob(call)
            return EmulatedResponse(202)
        }
        let removal = try self.store.remove(
            call.request.target.place(),
            for: call.guarded,
            refusesProtected: call.account.answers.refusesProtectedVersions
        )
        var response = EmulatedResponse(202)
        response.set("x-ms-delete-type-permanent", Self.permanence(removal, call.account.answers.deletionOfVersioned))
        return response
    }

    /// What `x-ms-delete-type-permanent` says.
    ///
    /// Source: "Delete Blob": true for a blob that is gone for good, false for one that can be brought back. What it says of
    /// one that stays as an earlier version is not documented.
    private static func permanence(_ removal: BlobStore.Removal, _ answer: BlobAnswers.DeletionOfVersioned) -> String? {
        switch removal {
        case .permanent: "true"
        case .softDeleted: "false"
        case .earlierVersion:
            switch answer {
            case .recoverable: "false"
            case .permanent: "true"
            case .unsaid: nil
            }
        }
    }

    func deleteBlobVersion(_ call: BlobCall) throws -> EmulatedResponse {
        try Self.refuseSnapshots(call.request)
        guard let version = call.request.versionID else { throw StorageError.missingQuery("versionid") }
        try self.store.removeVersion(version, of: call.request.target.place(), for: call.guarded)
        var response = EmulatedResponse(202)
        // Soft delete of versions is not emulated.
        response.set("x-ms-delete-type-permanent", "true")
        return response
    }

    func undeleteBlob(_ call: BlobCall) throws -> EmulatedResponse {
        try self.store.restore(call.request.target.place())
        return EmulatedResponse(200)
    }
}
