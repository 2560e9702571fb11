import Foundation

/// The XML of an account's blob service settings.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/set-blob-service-properties>
enum ServicePropertiesDocument {
    private static let maximumRules = 5

    /// Takes over what a document names; what it leaves out stays.
    static func apply(_ root: XMLElement, to properties: inout BlobServiceProperties) throws(StorageError) {
        guard root.name == "StorageServiceProperties" else { throw .invalidXML }
        for element in root.children {
            switch element.name {
            case "Logging":
                properties.logging = .init(
                    version: element.value("Version") ?? "1.0",
                    deletes: try self.flag(element, "Delete"),
                    reads: try self.flag(element, "Read"),
                    writes: try self.flag(element, "Write"),
                    retentionDays: try self.days(element.child("RetentionPolicy"))
                )
            case "HourMetrics": properties.hourMetrics = try self.metrics(element)
            case "MinuteMetrics": properties.minuteMetrics = try self.metrics(element)
            case "Cors":
                guard element.children.count <= self.maximumRules else { throw .invalidXML }
                properties.cors = try element.children.map(self.rule)
            case "DefaultServiceVersion": properties.defaultVersion = element.text
            case "DeleteRetentionPolicy": properties.deleteRetentionDays = try self.days(element)
            case "StaticWebsite":
                if try self.flag(element, "Enabled") { throw .notEmulated("Static website") }
            default: throw .invalidXML
            }
        }
    }

    static func write(_ properties: BlobServiceProperties) -> XMLWriter {
        var xml = XMLWriter()
        xml.element("StorageServiceProperties") { xml in
            xml.element("Logging") { xml in
                xml.element("Version", properties.logging.version)
                xml.element("Read", String(properties.logging.reads))
                xml.element("Write", String(properties.logging.writes))
                xml.element("Delete", String(properties.logging.deletes))
                self.write("RetentionPolicy", properties.logging.retentionDays, &xml)
            }
            self.write("HourMetrics", properties.hourMetrics, &xml)
            self.write("MinuteMetrics", properties.minuteMetrics, &xml)
            xml.element("Cors") { xml in
                for rule in properties.cors { self.write(rule, &xml) }
            }
            xml.element("DefaultServiceVersion", properties.defaultVersion)
            self.write("DeleteRetentionPolicy", properties.deleteRetentionDays, &xml)
            xml.element("StaticWebsite") { $0.element("Enabled", "false") }
        }
        return xml
    }

    private static func metrics(_ element: XMLElement) throws(StorageError) -> BlobServiceProperties.Metrics {
        .init(
            version: element.value("Version") ?? "1.0",
            isEnabled: try self.flag(element, "Enabled"),
            includesAPIs: element.child("IncludeAPIs") == nil ? nil : try self.flag(element, "IncludeAPIs"),
            retentionDays: try self.days(element.child("RetentionPolicy"))
        )
    }

    private static func rule(_ element: XMLElement) throws(StorageError) -> BlobCORSRule {
        guard element.name == "CorsRule", let origins = element.value("AllowedOrigins"),
            let methods = element.value("AllowedMethods"), !origins.isEmpty, !methods.isEmpty,
            let age = Int(element.value("MaxAgeInSeconds") ?? "0"), (0...2_000_000_000).contains(age),
            methods.split(separator: ",").allSatisfy({
                BlobCORSRule.methods.contains($0.trimmingCharacters(in: .whitespaces))
            })
        else { throw .invalidXML }
        return BlobCORSRule(
            allowedOrigins: origins,
            allowedMethods: methods,
            allowedHeaders: element.value("AllowedHeaders") ?? "",
            exposedHeaders: element.value("ExposedHeaders") ?? "",
            maxAgeInSeconds: age
        )
    }

    private static func flag(_ element: XMLElement, _ name: String) throws(StorageError) -> Bool {
        switch element.value(name)?.lowercased() {
        case "true": true
        case "false", nil: false
        default: throw .invalidXML
        }
    }

    /// A retention policy's days; nil where it is off.
    private static func days(_ policy: XMLElement?) throws(StorageError) -> Int? {
        guard let policy, try self.flag(policy, "Enabled") else { return nil }
        guard let days = policy.value("Days").flatMap({ Int($0) }), (1...365).contains(days) else { throw .invalidXML }
        return days
    }

    private static func write(_ name: String, _ days: Int?, _ xml: inout XMLWriter) {
        xml.element(name) { xml in
            xml.element("Enabled", String(days != nil))
            xml.element("Days", days.map { String($0) })
        }
    }

    private static func write(_ name: String, _ metrics: BlobServiceProperties.Metrics, _ xml: inout XMLWriter) {
        xml.element(name) { xml in
            xml.element("Version", metrics.version)
            xml.element("Enabled", String(metrics.isEnabled))
            if metrics.isEnabled { xml.element("IncludeAPIs", String(metrics.includesAPIs ?? false)) }
            self.write("RetentionPolicy", metrics.retentionDays, &xml)
        }
    }

    private static func write(_ rule: BlobCORSRule, _ xml: inout XMLWriter) {
        xml.element("CorsRule") { xml in
            xml.element("AllowedMethods", rule.allowedMethods)
            xml.element("AllowedOrigins", rule.allowedOrigins)
            xml.element("AllowedHeaders", rule.allowedHeaders)
            xml.element("ExposedHeaders", rule.exposedHeaders)
            xml.element("MaxAgeInSeconds", String(rule.maxAgeInSeconds))
        }
    }
}
