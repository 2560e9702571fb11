import BackupDomain

/// The instance, and what lies in it.
extension Judgement {
    static let ofInstances: [Judgement] = [
        .each(
            "instance-document",
            "reads of instances",
            \.instances,
            { read in
                let body = read.receivedBody
                if body?["id"]?.string == nil { return "It has no id." }
                if body?["sku"]?["name"]?.string == nil { return "It has no sku.name." }
                return body?["properties"]?["provisioningState"]?.string == nil ? "It has no provisioningState." : nil
            }
        ),
        .each(
            "contents-are-listed",
            "pages of what lies in an instance",
            { evidence in
                evidence.contents.filter { $0.status == 200 && !$0.isSingle }
            },
            { $0.receivedBody?["value"]?.array == nil ? "The page has no list 'value'." : nil }
        ),
        .each(
            "revisions-say-current",
            "pages of APIs",
            { evidence in
                evidence.contents.filter { page in
                    page.status == 200 && page.lastSegment == "apis"
                        && page.receivedBody?["value"]?.array?.isEmpty == false
                }
            },
            { page in
                let elements = (page.receivedBody?["value"]?.array ?? []).filter { $0.object != nil }
                return elements.allSatisfy { $0["properties"]?["isCurrent"] != nil }
                    ? nil : "An API does not say isCurrent."
            }
        ),
        .each(
            "tag-uses-are-listed",
            "pages of what is tagged",
            { evidence in
                evidence.contents.filter { page in
                    page.status == 200 && page.lastSegment == "tagResources"
                        && page.receivedBody?["value"]?.array?.isEmpty == false
                }
            },
            { page in
                let elements = (page.receivedBody?["value"]?.array ?? []).filter { $0.object != nil }
                let isWhole = elements.allSatisfy { use in
                    use["tag"] != nil && (use["api"] != nil || use["operation"] != nil || use["product"] != nil)
                }
                return isWhole ? nil : "A use names no tag, or nothing that has it."
            }
        ),
    ]
}

extension Exchange {
    /// Whether what is read below an instance is one thing, not a list: names and types take turns.
    fileprivate var isSingle: Bool {
        let parts = self.address.split(separator: "/")
        guard let service = parts.firstIndex(where: { $0.lowercased() == "service" }) else { return false }
        return (parts.count - service).isMultiple(of: 2)
    }
}
