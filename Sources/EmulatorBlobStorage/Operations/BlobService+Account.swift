import EmulatorRuntime
import Foundation
import HTTPTypes

/// Operations on an account's blob service.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/operations-on-the-account--blob-service->
extension BlobService {
    private static let longestDelegation: TimeInterval = 7 * 86_400

    func getServiceProperties(_ call: BlobCall) -> EmulatedResponse {
        let properties = self.store.read { $0.accounts[call.account.name]?.properties }
        return .xml(ServicePropertiesDocument.write(properties ?? BlobServiceProperties()))
    }

    func setServiceProperties(_ call: BlobCall) throws -> EmulatedResponse {
        let root = try XMLElement.read(call.request.body)
        try self.store.change { state in
            var properties = state.accounts[call.account.name]?.properties ?? BlobServiceProperties()
            try ServicePropertiesDocument.apply(root, to: &properties)
            return ((), [.putProperties(account: call.account.name, properties)])
        }
        return EmulatedResponse(202)
    }

    func getAccountInformation(_ call: BlobCall) -> EmulatedResponse {
        var response = EmulatedResponse(200)
        response.set("x-ms-sku-name", call.account.sku)
        response.set("x-ms-account-kind", call.account.kind)
        response.set("x-ms-is-hns-enabled", "false")
        return response
    }

    func getUserDelegationKey(_ call: BlobCall) throws -> EmulatedResponse {
        guard case .principal(let principal) = call.access else { throw StorageError.authorizationFailure }
        let root = try XMLElement.read(call.request.body)
        guard root.name == "KeyInfo", let expiry = root.value("Expiry").flatMap(SignatureDate.parse)
        else { throw StorageError.invalidXML }
        let start = root.value("Start").flatMap { $0.isEmpty ? nil : $0 }
        guard let begin = start.map(SignatureDate.parse) ?? call.now else { throw StorageError.invalidXML }
        guard expiry > begin, expiry > call.now, expiry.timeIntervalSince(call.now) <= Self.longestDelegation
        else { throw StorageError.outOfRangeInput }
        let key = UserDelegationKey(
            objectID: principal.objectID,
            tenantID: principal.tenantID,
            start: CalendarInstant(begin).brief,
            expiry: CalendarInstant(expiry).brief,
            version: call.request.header("x-ms-version") ?? "2020-02-10"
        )
        guard let value = key.value(account: call.account) else { throw StorageError.authorizationFailure }
        var xml = XMLWriter()
        xml.element("UserDelegationKey") { xml in
            xml.element("SignedOid", key.objectID)
            xml.element("SignedTid", key.tenantID)
            xml.element("SignedStart", key.start)
            xml.element("SignedExpiry", key.expiry)
            xml.element("SignedService", key.service)
            xml.element("SignedVersion", key.version)
            xml.element("Value", value)
        }
        return .xml(xml)
    }

    /// Answers what a browser asks before a request across origins.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/storageservices/preflight-blob-request>
    func preflight(_ call: BlobCall) throws -> EmulatedResponse {
        let origin = try call.request.required("Origin")
        let method = try call.request.required("Access-Control-Request-Method")
        let wanted = Self.words(call.request.header("Access-Control-Request-Headers") ?? "")
        let rule = self.store.corsRules(account: call.account.name).first { rule in
            let origins = Self.words(rule.allowedOrigins)
            let allowed = Self.words(rule.allowedHeaders)
            return (origins.contains("*") || origins.contains(origin.lowercased()))
                && Self.words(rule.allowedMethods).contains(method.lowercased())
                && wanted.allSatisfy { header in
                    allowed.contains { $0.hasSuffix("*") ? header.hasPrefix($0.dropLast()) : header == $0 }
                }
        }
        guard let rule else { throw StorageError.corsFailure }
        var response = EmulatedResponse(200)
        response.set("Access-Control-Allow-Origin", Self.words(rule.allowedOrigins).contains("*") ? "*" : origin)
        response.set("Access-Control-Allow-Methods", method)
        response.set("Access-Control-Allow-Headers", call.request.header("Access-Control-Request-Headers"))
        response.set("Access-Control-Max-Age", String(rule.maxAgeInSeconds))
        return response
    }

    private static func words(_ list: String) -> [String] {
        list.lowercased().split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
