import EmulatorExpressions
import EmulatorRuntime
import Foundation

/// Functions on resources and their ids.
///
/// Source: "Resource functions for ARM templates".
extension TemplateVocabulary {
    func resource(
        _ name: String,
        _ arguments: [ExpressionTree],
        _ evaluator: ExpressionEvaluator
    ) throws(ExpressionFailure) -> JSON? {
        let isList = name.hasPrefix("list") && name.count > 4
        let known = [
            "resourceid", "subscriptionresourceid", "tenantresourceid", "extensionresourceid", "reference",
            "resourceinfo",
        ]
        guard known.contains(name) || isList else { return nil }
        var values: [JSON] = []
        for argument in arguments { values.append(try evaluator.value(of: argument)) }
        let call = ExpressionArguments(name: Self.written(name), values: values, dialect: .template)
        switch name {
        case "resourceid": return .string(try self.resourceID(call))
        case "subscriptionresourceid": return .string(try self.subscriptionResourceID(call))
        case "tenantresourceid": return .string(try Self.path("/", try Self.strings(call), call))
        case "extensionresourceid":
            let strings = try Self.strings(call)
            guard let base = strings.first else { throw call.failure("was called without a resource id") }
            return .string(try Self.path(base, Array(strings.dropFirst()), call))
        case "resourceinfo":
            guard let found = try self.planned(try call.string(0), call) else { throw Self.notDefined(call[0].display) }
            return [
                "id": .string(found.id), "name": .string(found.name), "type": .string(found.type),
                "apiVersion": .string(found.apiVersion),
            ]
        case "reference": return try self.reference(call)
        default: return try self.list(call)
        }
    }

    private static func written(_ name: String) -> String {
        switch name {
        case "resourceid": "resourceId"
        case "subscriptionresourceid": "subscriptionResourceId"
        case "tenantresourceid": "tenantResourceId"
        case "extensionresourceid": "extensionResourceId"
        case "resourceinfo": "resourceInfo"
        case _ where name.hasPrefix("listkeys"): "listKeys"
        default: name
        }
    }

    static func notDefined(_ name: String) -> ExpressionFailure {
        ExpressionFailure(
            "The resource '\(name)' is not defined in the template. Please see https://aka.ms/arm-syntax for usage details."
        )
    }

    private static func strings(_ call: ExpressionArguments) throws(ExpressionFailure) -> [String] {
        var strings: [String] = []
        for index in 0..<call.count { strings.append(try call.string(index)) }
        return strings
    }

    private func resourceID(_ call: ExpressionArguments) throws(ExpressionFailure) -> String {
        let strings = try Self.strings(call)
        guard let start = strings.firstIndex(where: { $0.contains("/") }), start <= 2 else {
            throw call.failure("was called without a resource type such as 'Microsoft.Storage/storageAccounts'")
        }
        var place = self.surroundings.place
        if start == 2 { place.subscriptionID = strings[0] }
        if start == 1, place.groupName == nil, UUID(uuidString: strings[0]) != nil {
            place.subscriptionID = strings[0]
        } else if start > 0 {
            place.groupName = strings[start - 1]
        }
        return try Self.path(place.id, Array(strings[start...]), call)
    }

    private func subscriptionResourceID(_ call: ExpressionArguments) throws(ExpressionFailure) -> String {
        let strings = try Self.strings(call)
        guard let start = strings.firstIndex(where: { $0.contains("/") }), start <= 1 else {
            throw call.failure("was called without a resource type such as 'Microsoft.Authorization/roleDefinitions'")
        }
        let subscription = start == 1 ? strings[0] : self.surroundings.place.subscriptionID
        return try Self.path("/subscriptions/\(subscription)", Array(strings[start...]), call)
    }

    /// The id of a type and its names below something.
    private static func path(
        _ base: String,
        _ parts: [String],
        _ call: ExpressionArguments
    ) throws(ExpressionFailure) -> String {
        let type = parts.first ?? ""
        let segments = type.split(separator: "/")
        let names = parts.dropFirst()
        guard segments.count >= 2, names.count == segments.count - 1 else {
            throw ExpressionFailure(
                "Unable to evaluate template language function '\(call.name)': the type '\(type)' requires "
                    + "'\(max(0, segments.count - 1))' resource name argument(s). Please see "
                    + "https://aka.ms/arm-resource-functions/#\(call.name.lowercased()) for usage details."
            )
        }
        let pairs = zip(segments.dropFirst(), names).map { "\($0)/\($1)" }.joined(separator: "/")
        return "\(base == "/" ? "" : base)/providers/\(segments[0])/\(pairs)"
    }

    /// The resource of the template that a name means; nil for an id.
    private func planned(_ name: String, _ call: ExpressionArguments) throws(ExpressionFailure) -> PlannedResource? {
        if name.hasPrefix("/") { return nil }
        guard let resources = self.resources else { throw TemplateVocabulary.unexpected(call.name) }
        guard let found = PlannedResource.find(name, in: resources) else { throw Self.notDefined(name) }
        return found
    }

    /// Whether resources may be asked for at this place: in properties and outputs only.
    private var mayRefer: Bool { self.resources != nil && !self.isInVariable }

    private func reference(_ call: ExpressionArguments) throws(ExpressionFailure) -> JSON {
        guard (1...3).contains(call.count), self.mayRefer else {
            throw TemplateVocabulary.unexpected("reference")
        }
        let found = try self.planned(try call.string(0), call)
        var version = found?.apiVersion
        if call.has(1), !(try call.string(1)).isEmpty { version = try call.string(1) }
        let isFull = call.has(2) && call[2].string?.lowercased() == "full"
        guard !call.has(2) || isFull || call[2].string?.lowercased() == "properties" else {
            throw call.failure("expects its third parameter to be 'Full'")
        }
        guard let id = found?.id ?? call[0].string else { throw Self.notDefined(call[0].display) }
        guard let version else {
            throw ExpressionFailure(
                "The template function 'reference' needs an API version for '\(id)', which is not defined in the template."
            )
        }
        guard let reader = self.reader else {
            throw ExpressionFailure(
                "The value of reference('\(id)') is known when the deployment runs.",
                isDeferred: true
            )
        }
        let resource = try reader.resource(id, apiVersion: version)
        return isFull ? resource : resource.member("properties") ?? [:]
    }

    private func list(_ call: ExpressionArguments) throws(ExpressionFailure) -> JSON {
        guard (2...3).contains(call.count), self.mayRefer else {
            throw TemplateVocabulary.unexpected(call.name)
        }
        let found = try self.planned(try call.string(0), call)
        let id = found?.id ?? call[0].display
        guard let reader = self.reader else {
            throw ExpressionFailure(
                "The value of \(call.name)('\(id)') is known when the deployment runs.",
                isDeferred: true
            )
        }
        return try reader.list(call.name, of: id, apiVersion: try call.string(1), body: call.has(2) ? call[2] : nil)
    }
}
