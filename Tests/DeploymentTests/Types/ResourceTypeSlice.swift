import BackupDomain
import Foundation
import Testing

/// Azure's own definitions of the resource types that our templates use: enough to tell a wrong or missing property.
///
/// Source: Azure/bicep-types-az, the types of August 2026; a slice of it is a fixture.
struct ResourceTypeSlice {
    /// What is wrong at one place of a resource.
    struct Finding: Hashable, CustomStringConvertible {
        var place: String
        var text: String
        var description: String { "\(self.place): \(self.text)" }
    }

    private let resources: [String: JSONValue]

    init() throws {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/arm-types-slice", withExtension: "json"))
        let document = try JSONDecoder.stable().decode(JSONValue.self, from: Data(contentsOf: url))
        self.resources = try #require(document["resources"]?.object)
    }

    /// Checks a template and all templates that are nested in it.
    func findings(_ template: JSONValue) -> [Finding] {
        (template["resources"]?.array ?? []).flatMap { resource -> [Finding] in
            let type = resource["type"]?.string ?? ""
            let version = resource["apiVersion"]?.string ?? ""
            guard let known = self.resources["\(type)@\(version)"], let types = known["types"]?.array else {
                return [Finding(place: type, text: "the api-version \(version) is not in the slice")]
            }
            var body = resource.object ?? [:]
            // Members of the template language, not of the resource.
            for name in ["type", "apiVersion", "dependsOn", "condition", "scope", "name", "resourceGroup"] {
                body[name] = nil
            }
            let own = self.check(.object(body), Int(known["body"]?.integer ?? 0), types, at: type)
            let nested = resource["properties"]?["template"].map { self.findings($0) } ?? []
            return own + nested
        }
    }

    private func check(_ value: JSONValue, _ index: Int, _ types: [JSONValue], at place: String) -> [Finding] {
        if let text = value.string, text.hasPrefix("["), !text.hasPrefix("[[") { return [] }
        let type = types[index]
        switch type["$type"]?.string {
        case "ObjectType": return self.checkObject(value, type, types, at: place)
        case "DiscriminatedObjectType":
            let name = type["discriminator"]?.string ?? ""
            guard let kind = value[name]?.string, let element = type["elements"]?[kind], let to = Self.index(element)
            else {
                return [Finding(place: place, text: "no such \(name)")]
            }
            var merged = types[to].object ?? [:]
            let shared = type["baseProperties"]?.object ?? [:]
            merged["properties"] = .object((merged["properties"]?.object ?? [:]).merging(shared) { own, _ in own })
            return self.checkObject(value, .object(merged), types, at: place)
        case "ArrayType":
            guard let elements = value.array else { return [Finding(place: place, text: "must be an array")] }
            guard let item = type["itemType"].flatMap(Self.index) else { return [] }
            return elements.enumerated().flatMap { self.check($1, item, types, at: "\(place)[\($0)]") }
        case "UnionType":
            let branches = (type["elements"]?.array ?? []).compactMap(Self.index)
            let isFine = branches.contains { self.check(value, $0, types, at: place).isEmpty }
            return isFine ? [] : [Finding(place: place, text: "none of the allowed values")]
        case "StringLiteralType":
            return value.string == type["value"]?.string ? [] : [Finding(place: place, text: "another value")]
        case "StringType":
            return value.string == nil ? [Finding(place: place, text: "must be a text")] : []
        case "IntegerType":
            return value.integer == nil ? [Finding(place: place, text: "must be a whole number")] : []
        case "BooleanType":
            if case .boolean = value { return [] }
            return [Finding(place: place, text: "must be true or false")]
        default: return []
        }
    }

    private func checkObject(
        _ value: JSONValue,
        _ type: JSONValue,
        _ types: [JSONValue],
        at place: String
    ) -> [Finding] {
        guard let members = value.object else { return [Finding(place: place, text: "must be an object")] }
        let properties = type["properties"]?.object ?? [:]
        var findings: [Finding] = []
        for (name, property) in properties.sorted(by: { $0.key < $1.key }) {
            let flags = property["flags"]?.integer ?? 0
            let isMissing = members[name] == nil
            if isMissing, flags & 1 == 1, flags & 2 == 0, flags & 8 == 0 {
                findings.append(Finding(place: "\(place).\(name)", text: "is required"))
            }
        }
        // The slice was stripped of all that is named description, properties too.
        for (name, member) in members.sorted(by: { $0.key < $1.key }) where name != "description" {
            if let property = properties[name], let to = property["type"].flatMap(Self.index) {
                if (property["flags"]?.integer ?? 0) & 2 == 2 {
                    findings.append(Finding(place: "\(place).\(name)", text: "is read-only"))
                }
                findings += self.check(member, to, types, at: "\(place).\(name)")
            } else if let other = type["additionalProperties"].flatMap(Self.index) {
                findings += self.check(member, other, types, at: "\(place).\(name)")
            } else {
                findings.append(Finding(place: "\(place).\(name)", text: "is no property of it"))
            }
        }
        return findings
    }

    private static func index(_ reference: JSONValue) -> Int? {
        reference["$ref"]?.string.flatMap { Int($0.dropFirst(2)) }
    }
}
