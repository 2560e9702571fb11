import EmulatorRuntime
import Foundation

/// Policies and legal holds of single versions.
///
/// Sources: <https://learn.microsoft.com/rest/api/storageservices/set-blob-immutability-policy>,
/// <https://learn.microsoft.com/rest/api/storageservices/delete-blob-immutability-policy>,
/// <https://learn.microsoft.com/rest/api/storageservices/set-blob-legal-hold>
extension BlobService {
    func setImmutabilityPolicy(_ call: BlobCall) throws -> EmulatedResponse {
        _ = try call.request.required(Self.untilHeader)
        guard let asked = try Self.protection(call.request) else { throw StorageError.missingHeader(Self.untilHeader) }
        guard let until = asked.until, until > call.now else {
            throw StorageError.invalidHeader(Self.untilHeader, call.request.header(Self.untilHeader) ?? "")
        }
        let protection = try self.store.protect(call.request.target.place(), version: call.request.versionID) { own in
            if own.isLocked, until < own.until ?? .distantPast { throw StorageError.policyIsLocked }
            own.until = until
            own.isLocked = own.isLocked || asked.isLocked
        }
        var response = EmulatedResponse(200)
        response.set(policy: protection)
        return response
    }

    func deleteImmutabilityPolicy(_ call: BlobCall) throws -> EmulatedResponse {
        _ = try self.store.protect(call.request.target.place(), version: call.request.versionID) { own in
            if own.isLocked { throw StorageError.policyIsLocked }
            own.until = nil
        }
        return EmulatedResponse(200)
    }

    func setLegalHold(_ call: BlobCall) throws -> EmulatedResponse {
        _ = try call.request.required(Self.holdHeader)
        let holds = try call.request.flag(Self.holdHeader)
        _ = try self.store.protect(call.request.target.place(), version: call.request.versionID) { own in
            own.hasLegalHold = holds
        }
        var response = EmulatedResponse(200)
        response.set(Self.holdHeader, String(holds))
        return response
    }

    private static let untilHeader = "x-ms-immutability-policy-until-date"
    private static let modeHeader = "x-ms-immutability-policy-mode"
    private static let holdHeader = "x-ms-legal-hold"

    /// What a request's headers say of the protection of a version; nil where they say nothing.
    static func protection(_ request: BlobRequest) throws(StorageError) -> BlobProtection? {
        let mode = try request.oneOf(self.modeHeader, ["unlocked", "locked"])
        let hold = try request.oneOf(self.holdHeader, ["true", "false"])
        var until: Date?
        if let text = request.header(self.untilHeader) {
            guard let date = HTTPDate.parse(text) else { throw .invalidHeader(self.untilHeader, text) }
            until = date
        } else if mode != nil {
            throw .missingHeader(self.untilHeader)
        }
        guard until != nil || hold != nil else { return nil }
        return BlobProtection(until: until, isLocked: mode == "locked", hasLegalHold: hold == "true")
    }
}
