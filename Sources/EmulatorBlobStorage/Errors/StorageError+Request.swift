/// Refusals of a request that is not well made.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes>
extension StorageError {
    static let invalidURI = Self(400, "InvalidUri", "The requested URI does not represent any resource on the server.")
    static let invalidInput = Self(400, "InvalidInput", "One of the request inputs is not valid.")
    static let outOfRangeInput = Self(400, "OutOfRangeInput", "One of the request inputs is out of range.")
    static let nameLength = Self(
        400,
        "OutOfRangeInput",
        "The specified resource name length is not within the permissible limits."
    )
    // The misspelling is Azure's.
    static let invalidResourceName = Self(
        400,
        "InvalidResourceName",
        "The specifed resource name contains invalid characters."
    )
    static let invalidXML = Self(400, "InvalidXmlDocument", "XML specified is not syntactically valid.")
    static let invalidMD5 = Self(
        400,
        "InvalidMd5",
        "The MD5 value specified in the request is invalid. MD5 value must be 128 bits and base64 encoded."
    )
    static let md5Mismatch = Self(
        400,
        "Md5Mismatch",
        "The MD5 value specified in the request did not match with the MD5 value calculated by the server."
    )
    static let emptyMetadataKey = Self(
        400,
        "EmptyMetadataKey",
        "The key for one of the metadata key-value pairs is empty."
    )
    static let invalidMetadata = Self(
        400,
        "InvalidMetadata",
        "The metadata specified is invalid. It has characters that are not permitted."
    )
    static let metadataTooLarge = Self(
        400,
        "MetadataTooLarge",
        "The metadata specified exceeds the maximum allowable limit (8KB)."
    )
    static let conditionNotSupported = Self(
        400,
        "ConditionHeadersNotSupported",
        "Condition headers are not supported."
    )

    static func invalidHeader(_ name: String, _ value: String) -> Self {
        Self(400, "InvalidHeaderValue", "The value for one of the HTTP headers is not in the correct format.")
            .detail("HeaderName", name).detail("HeaderValue", value)
    }

    static func missingHeader(_ name: String) -> Self {
        Self(400, "MissingRequiredHeader", "An HTTP header that's mandatory for this request is not specified.")
            .detail("HeaderName", name)
    }

    static func invalidQuery(_ name: String, _ value: String, reason: String = "") -> Self {
        Self(
            400,
            "InvalidQueryParameterValue",
            "Value for one of the query parameters specified in the request URI is invalid."
        )
        .detail("QueryParameterName", name).detail("QueryParameterValue", value).detail("Reason", reason)
    }

    static func outOfRangeQuery(_ name: String, _ value: String, in range: ClosedRange<Int>) -> Self {
        Self(
            400,
            "OutOfRangeQueryParameterValue",
            "One of the query parameters specified in the request URI is outside the permissible range."
        )
        .detail("QueryParameterName", name).detail("QueryParameterValue", value)
        .detail("MinimumAllowed", String(range.lowerBound)).detail("MaximumAllowed", String(range.upperBound))
    }

    static func missingQuery(_ name: String) -> Self {
        Self(
            400,
            "MissingRequiredQueryParameter",
            "A query parameter that's mandatory for this request is not specified."
        )
        .detail("QueryParameterName", name)
    }

    static func bodyTooLarge(limit: Int) -> Self {
        Self(413, "RequestBodyTooLarge", "The request body is too large and exceeds the maximum permissible limit.")
            .detail("MaxLimit", String(limit))
    }

    static func unsupportedVerb(allowed: String) -> Self {
        Self(405, "UnsupportedHttpVerb", "The resource doesn't support specified Http Verb.").header("Allow", allowed)
    }

    /// What this emulator does not do: Azure itself gives this code for features that an account's kind lacks.
    static func notEmulated(_ feature: String) -> Self {
        Self(409, "FeatureNotSupportedForAccount", "\(feature) is not currently supported for this account type.")
    }
}
