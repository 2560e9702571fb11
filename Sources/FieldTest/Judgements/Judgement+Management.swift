import BackupDomain

/// Calls to the Resource Manager in general.
extension Judgement {
    static let ofManagement: [Judgement] = [
        .each(
            "dates-of-azure",
            "answers",
            { ($0.management + $0.blobs).sorted { $0.number < $1.number } },
            { $0.received["date"] == nil ? "The answer has no Date." : nil }
        ),
        .each(
            "request-ids",
            "answers",
            { ($0.management + $0.blobs).sorted { $0.number < $1.number } },
            { exchange in
                if exchange.received["x-ms-request-id"] == nil { return "The answer has no x-ms-request-id." }
                guard exchange.service == .resourceManager else { return nil }
                return exchange.received["x-ms-correlation-request-id"] == nil
                    ? "The answer has no x-ms-correlation-request-id." : nil
            }
        ),
        .each(
            "errors-have-codes",
            "refusals of the Resource Manager",
            { $0.management.filter { ($0.status ?? 0) >= 400 } },
            { $0.receivedBody?["error"]?.object == nil ? "Its body has no object error." : nil }
        ),
        .each(
            "api-version",
            "calls of API Management's with the api-version 2024-05-01",
            { evidence in
                evidence.management.filter {
                    $0.url.lowercased().contains("/microsoft.apimanagement/")
                        && $0.parameter("api-version") == "2024-05-01"
                }
            },
            { exchange in
                let code = exchange.errorCode?.lowercased() ?? ""
                let isRefused = code.contains("apiversion") || code == "noregisteredproviderfound"
                return isRefused ? "It was refused with \(exchange.errorCode ?? "")." : nil
            }
        ),
        .each(
            "rights-can-be-asked",
            "questions for the caller's own rights",
            { evidence in evidence.management.filter { $0.lastSegment == "permissions" } },
            { exchange in
                if exchange.status != 200 { return "It was answered \(exchange.status ?? 0)." }
                return exchange.receivedBody?["value"]?.array == nil ? "The answer has no list 'value'." : nil
            }
        ),
        .each(
            "account-settings-can-be-read",
            "reads of the account and of its blob service",
            { $0.reads(of: "storageaccounts") + $0.reads(of: "blobservices") },
            { exchange in
                let body = exchange.receivedBody
                if exchange.lastSegment == "default" {
                    return body?["properties"]?.object == nil ? "It has no properties." : nil
                }
                let isWhole = body?["sku"]?["name"]?.string != nil && body?["properties"]?.object != nil
                return isWhole ? nil : "It has no sku.name, or no properties."
            }
        ),
        .each(
            "blob-endpoint",
            "reads of the account",
            { $0.reads(of: "storageaccounts") },
            { exchange in
                let endpoint = exchange.receivedBody?["properties"]?["primaryEndpoints"]?["blob"]?.string
                return endpoint == nil ? "It shows no blob endpoint." : nil
            }
        ),
        .each(
            "filtered-listing",
            "lists of resources by type and name",
            { evidence in
                evidence.management.filter { $0.lastSegment == "resources" && $0.parameter("$filter") != nil }
                    + evidence.management.filter { $0.lastSegment == "resources" && $0.parameter("%24filter") != nil }
            },
            { exchange in
                if exchange.status != 200 { return "It was answered \(exchange.status ?? 0)." }
                return exchange.receivedBody?["value"]?.array == nil ? "The answer has no list 'value'." : nil
            }
        ),
        .each(
            "refused-read",
            "reads of resources that were refused",
            { evidence in
                evidence.management.filter { exchange in
                    exchange.method == "GET" && [403, 404].contains(exchange.status)
                        && !exchange.address.lowercased().contains("/operationresults/")
                }
            },
            { $0.errorCode == nil ? "It has no code." : nil }
        ),
        .each(
            "rate-limit-headers",
            "answers to reads below a subscription",
            { $0.management.filter { $0.method == "GET" && $0.isSuccess && $0.url.contains("/subscriptions/") } },
            { exchange in
                exchange.received.keys.contains { $0.hasPrefix("x-ms-ratelimit-remaining-") }
                    ? nil : "The answer has no x-ms-ratelimit-remaining header."
            }
        ),
        .each(
            "cloud-metadata",
            "reads of the cloud's own document",
            { $0.exchanges.filter { $0.service == .cloudMetadata && $0.status != nil } },
            { $0.status == 200 ? nil : "It was answered \($0.status ?? 0)." }
        ),
    ]
}
