use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    root::ReadError,
};

/// Which cloud the machine runs on, from DMI and cloud-init's instance data; no network.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct CloudInstance {
    /// `aws`, `azure`, `gcp`, `openstack`, `oracle`, `digitalocean`, `alibaba`, `hetzner`; null where none is recognised.
    pub(crate) provider: Option<String>,
    /// Instance id; null where unknown.
    pub(crate) instance_id: Option<String>,
    /// Region; null where unknown.
    pub(crate) region: Option<String>,
    /// DMI's system vendor.
    pub(crate) vendor: Option<String>,
    /// DMI's product name.
    pub(crate) product: Option<String>,
    /// cloud-init is installed.
    pub(crate) cloud_init: bool,
    /// Files of cloud-init's user and vendor data that others than root may read, by path; links are followed.
    pub(crate) readable_user_data: Vec<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "cloud_instance",
    live_only: false,
    shape: crate::def::shape_of::<CloudInstance>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

const DATA: &str = "/var/lib/cloud";
/// What cloud-init writes for others to read; secrets are taken out by itself.
const INSTANCE: &str = "/run/cloud-init/instance-data.json";
/// Names of files that hold what the user passed to the instance.
const USER_DATA: [&str; 8] = [
    "user-data.txt",
    "user-data.txt.i",
    "vendor-data.txt",
    "vendor-data.txt.i",
    "vendor-data2.txt",
    "vendor-data2.txt.i",
    "cloud-config.txt",
    "vendor-cloud-config.txt",
];

fn collect(host: &Host) -> Result<CloudInstance, Missing> {
    let root = &host.root;
    let mut cloud = CloudInstance {
        cloud_init: root.exists("/usr/bin/cloud-init")? || root.exists("/etc/cloud/cloud.cfg")?,
        ..CloudInstance::default()
    };
    if host.is_live() {
        let dmi = |name: &str| -> Result<Option<String>, ReadError> {
            let text = root.read_text(&format!("/sys/class/dmi/id/{name}"))?;
            Ok(text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()))
        };
        cloud.vendor = dmi("sys_vendor")?;
        cloud.product = dmi("product_name")?;
        let (chassis, bios, board) = (dmi("chassis_asset_tag")?, dmi("bios_version")?, dmi("board_asset_tag")?);
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let found = provider(&text(&cloud.vendor), &text(&cloud.product), &text(&chassis), &text(&bios));
        cloud.provider = found.map(str::to_owned);
        if found == Some("aws") {
            cloud.instance_id = board.filter(|tag| tag.starts_with("i-"));
        }
        if let Some(text) = root.read_text(INSTANCE)? {
            let said = instance_data(&text);
            cloud.provider = cloud.provider.or(said.provider);
            cloud.instance_id = said.id.or(cloud.instance_id);
            cloud.region = said.region;
        }
    }
    if cloud.instance_id.is_none()
        && let Some(text) = root.read_text(&format!("{DATA}/data/instance-id"))?
    {
        cloud.instance_id = known_id(text.trim());
    }
    let mut directories = Vec::new();
    for entry in root.list(&format!("{DATA}/instances"))?.unwrap_or_default() {
        directories.push(format!("{DATA}/instances/{}", entry.name));
    }
    for seed in ["nocloud", "nocloud-net"] {
        directories.push(format!("{DATA}/seed/{seed}"));
    }
    for directory in directories {
        for name in USER_DATA.iter().chain(&["user-data", "vendor-data"]) {
            let path = format!("{directory}/{name}");
            if root.stat(&path)?.is_some_and(|meta| meta.bits & 0o004 != 0 || (meta.bits & 0o040 != 0 && meta.gid != 0))
            {
                cloud.readable_user_data.push(path);
            }
        }
    }
    cloud.readable_user_data.sort();
    Ok(cloud)
}

/// The provider by what its machines say in DMI (as cloud-init's and systemd's detection do).
fn provider(vendor: &str, product: &str, chassis: &str, bios: &str) -> Option<&'static str> {
    Some(match (vendor, product) {
        ("Amazon EC2" | "Amazon", _) => "aws",
        ("Xen", _) if bios.contains("amazon") => "aws",
        // Any Hyper-V machine has Microsoft's name; only Azure's have this tag.
        _ if chassis == "7783-7084-3265-9085-8269-3286-77" => "azure",
        ("Google", _) | (_, "Google Compute Engine") => "gcp",
        _ if chassis == "OracleCloud.com" => "oracle",
        ("DigitalOcean", _) => "digitalocean",
        ("Alibaba Cloud", _) | (_, "Alibaba Cloud ECS") => "alibaba",
        ("Hetzner", _) => "hetzner",
        ("OpenStack Foundation", _) => "openstack",
        (_, product) if product.starts_with("OpenStack") => "openstack",
        _ if chassis.starts_with("OpenStack") => "openstack",
        _ => return None,
    })
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    provider: Option<String>,
    id: Option<String>,
    region: Option<String>,
}

/// The standardised keys `v1` of cloud-init's instance data. Nothing where the text is no such document.
pub(crate) fn instance_data(text: &str) -> Said {
    let Ok(document) = serde_json::from_str::<Value>(text) else { return Said::default() };
    let get = |name: &str| {
        let value = document.get("v1").and_then(|keys| keys.get(name)).and_then(Value::as_str);
        value.filter(|value| !value.is_empty() && *value != "unknown").map(str::to_owned)
    };
    let provider = get("cloud_name").and_then(|name| {
        let name = match name.as_str() {
            "aws" => "aws",
            "azure" => "azure",
            "gce" | "gcp" => "gcp",
            "openstack" => "openstack",
            "oracle" => "oracle",
            "digitalocean" => "digitalocean",
            "aliyun" | "alibaba" => "alibaba",
            "hetzner" => "hetzner",
            _ => return None,
        };
        Some(name.to_owned())
    });
    Said { provider, id: get("instance_id").and_then(|id| known_id(&id)), region: get("region") }
}

/// cloud-init makes an id up where no provider gave one.
fn known_id(id: &str) -> Option<String> {
    let made_up = id.is_empty() || id == "iid-datasource-none" || id == "nocloud" || id.len() > 256;
    (!made_up).then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn providers() {
        for (vendor, product, chassis, bios, want, why) in [
            ("Amazon EC2", "m6g.large", "Amazon EC2", "1.0", Some("aws"), "Nitro"),
            ("Xen", "HVM domU", "", "4.11.amazon", Some("aws"), "before Nitro"),
            ("Xen", "HVM domU", "", "4.17", None, "anybody's Xen"),
            (
                "Microsoft Corporation",
                "Virtual Machine",
                "7783-7084-3265-9085-8269-3286-77",
                "",
                Some("azure"),
                "by its tag",
            ),
            ("Microsoft Corporation", "Virtual Machine", "", "", None, "anybody's Hyper-V"),
            ("Google", "Google Compute Engine", "", "", Some("gcp"), "plain"),
            ("QEMU", "Standard PC", "OracleCloud.com", "", Some("oracle"), "by its tag"),
            ("OpenStack Foundation", "OpenStack Nova", "", "", Some("openstack"), "plain"),
            ("Red Hat", "OpenStack Compute", "", "", Some("openstack"), "by its product"),
            ("Hetzner", "vServer", "", "", Some("hetzner"), "plain"),
            ("Dell Inc.", "PowerEdge", "", "", None, "a machine of one's own"),
            ("", "", "", "", None, "nothing known"),
        ] {
            assert_eq!(provider(vendor, product, chassis, bios), want, "{why}");
        }
    }

    #[test]
    fn instance_documents() {
        let said = instance_data(
            r#"{"v1": {"cloud_name": "gce", "instance_id": "42", "region": "europe-west1"}, "ds": {"x": "y"}}"#,
        );
        assert_eq!(
            said,
            Said { provider: Some("gcp".into()), id: Some("42".into()), region: Some("europe-west1".into()) }
        );
        for text in ["", "[]", "{\"v1\": 3}", "{\"v1\": {\"instance_id\": \"iid-datasource-none\", \"region\": null}}"]
        {
            assert_eq!(instance_data(text), Said::default(), "{text}");
        }
    }

    #[test]
    fn user_data_that_others_read() {
        let dir = tempfile::tempdir().unwrap();
        let base = dir.path().join("var/lib/cloud/instances/i-1");
        std::fs::create_dir_all(&base).unwrap();
        for (name, mode) in [("user-data.txt", 0o644), ("vendor-data.txt", 0o600), ("other", 0o644)] {
            std::fs::write(base.join(name), "").unwrap();
            std::fs::set_permissions(base.join(name), std::fs::Permissions::from_mode(mode)).unwrap();
        }
        std::fs::create_dir_all(dir.path().join("var/lib/cloud/data")).unwrap();
        std::fs::write(dir.path().join("var/lib/cloud/data/instance-id"), "i-1\n").unwrap();
        let root = crate::root::Root::mounted(dir.path()).unwrap();
        let got = collect(&Host::new(root)).unwrap();
        assert_eq!(got.readable_user_data, ["/var/lib/cloud/instances/i-1/user-data.txt"]);
        assert_eq!((got.instance_id.as_deref(), got.provider), (Some("i-1"), None));
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            instance_data(&text);
            known_id(&text);
        }
    }
}
