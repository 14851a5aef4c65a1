"""Reads /tmp/f/map/*.txt (check | cis topics | fsbp | bundles) and gives frameworks for a check."""
import glob,re,sys
sys.path.insert(0,'/tmp/f')
import cis,std
B={
'public_net':('AC-4(21) SC-7(a) SC-7(b) SC-7(3) SC-7(11)','1.3.1 1.4.2','A.8.20 A.8.22'),
'public_store':('AC-4(21) SC-7(a) SC-7(b) SC-7(3) SC-7(11)','1.3.1 1.4.2 1.4.4','A.8.12 A.8.20 A.8.22'),
'public_policy':('AC-3 AC-4(21) AC-6','7.2.1 7.3.3','A.5.15 A.8.3 A.8.12'),
'snapshot_public':('AC-3 AC-4(21) AC-6 MP-2','7.2.1 7.3.3','A.8.3 A.8.12'),
'net_rule':('AC-4 CM-7(b) SC-7(a) SC-7(5) SC-7(11)','1.2.5 1.3.1 1.4.2','A.8.20 A.8.22'),
'net_admin':('AC-4 AC-17(b) AC-17(1) CM-7(b) SC-7(a) SC-7(5) SC-7(11)','1.2.5 1.3.1 1.4.2','A.8.20 A.8.22'),
'net_out':('AC-4 SC-7(9)(a)','1.3.2','A.8.20 A.8.22'),
'net_apart':('AC-4(21) SC-7(21)','1.4.1','A.8.20 A.8.22'),
'rest':('SC-28(1)','3.5.1','A.8.24'),
'rest_cmk':('SA-9(6) SC-12(6) SC-28(1)','3.5.1 3.6.1.2','A.8.24'),
'transit':('SC-8 SC-8(1) SC-8(2) SC-23','4.2.1','A.5.14 A.8.24'),
'transit_in':('SC-8 SC-8(1) SC-23','4.2.1','A.8.20 A.8.24'),
'log':('AU-12(a) AU-12(c)','10.2.1','A.8.15'),
'log_web':('AU-3(a) AU-3(b) AU-3(d) AU-12(a) AU-12(c)','10.2.1 10.2.2','A.8.15'),
'log_net':('AU-3(d) AU-12(c) SI-4(a)(2) SI-4(4)(b)','10.2.1','A.8.15 A.8.16'),
'log_api':('AC-2(4) AC-3(10) AC-6(9) AU-2(b) AU-3(a) AU-3(b) AU-3(c) AU-3(d) AU-3(e) AU-3(f) AU-10 AU-12(a) AU-12(c) AU-12(1) AU-12(2) AU-14(a) CM-5(1)(b) SI-7(8)','10.2.1 10.2.1.2 10.2.1.4 10.2.1.5 10.2.1.6 10.2.1.7 10.2.2','A.5.28 A.8.15'),
'log_data':('AC-6(9) AU-3(a) AU-12(a) AU-12(c)','10.2.1 10.2.1.1','A.8.15'),
'log_integrity':('AU-9(a) AU-10 SI-7(1) SI-7(a)','10.3.2 10.3.4','A.5.28 A.5.33 A.8.15'),
'log_enc':('AU-9(3) SC-28(1)','3.5.1 10.3.1','A.8.15 A.8.24'),
'log_central':('AU-4(1) AU-6(1) AU-6(3) AU-6(4) AU-7(1) AU-9(2) AU-9(7) SI-4(2)','10.3.3 10.4.1.1','A.8.15 A.8.16'),
'log_read':('AU-9(a)','10.3.1','A.8.15'),
'retention':('AU-11 AU-11(1) SI-12','10.5.1','A.5.33 A.8.15'),
'expiry':('SI-12','3.2.1','A.8.10'),
'alarm':('AU-6(1) CA-7 SI-4(2) SI-4(12) SI-5(1)','10.4.1 10.4.1.1','A.8.15 A.8.16'),
'metrics':('CA-7 SI-4(2)','','A.8.6 A.8.16'),
'trace':('CA-7 SI-4(2)','10.4.2','A.8.16'),
'threat':('AC-2(12)(a) AU-6(1) RA-3(4) SI-4(a)(1) SI-4(a)(2) SI-4(b) SI-4(1) SI-4(2) SI-4(4)(b)','10.4.1.1 11.5.1','A.5.7 A.5.25 A.8.16'),
'malware':('SI-3(c)(2)','','A.8.7'),
'posture':('CA-2(d) CA-7 CA-7(b)','10.4.1.1','A.5.36 A.8.9 A.8.16'),
'config_rec':('CM-2(2) CM-3(a) CM-8(a) CM-8(b) CM-8(2) CA-7(4)(c)','11.5.2','A.5.9 A.8.9 A.8.32'),
'analyzer':('AC-2(j) AC-6 CA-7','7.2.4','A.5.18 A.8.3'),
'backup':('CP-9(a) CP-9(b) CP-10','','A.8.13'),
'backup_far':('CP-6(a) CP-6(1) CP-9(a) CP-10 SC-36','','A.8.13 A.8.14'),
'backup_guard':('CP-9(d)','','A.5.33 A.8.13'),
'versions':('CP-9(a) CP-10','','A.8.13'),
'immutable':('CP-9(d) SI-12','','A.5.33 A.8.13'),
'redundancy':('CP-2(5) CP-10 SC-5(2) SC-36 SI-13(5)','','A.5.30 A.8.14'),
'deletion':('CP-2(5)','','A.5.33'),
'deletion_lb':('CP-2(5)','','A.8.14'),
'patch':('SI-2(c) SI-2(5)','6.3.3','A.8.8 A.8.19'),
'supported':('SI-2(a) SI-2(c)','6.3.3','A.8.8 A.8.19'),
'scan':('RA-5(a)','11.3.1','A.8.8'),
'least':('AC-3 AC-6','7.2.1 7.2.2 7.3.2','A.5.15 A.5.18'),
'admin':('AC-3 AC-5(b) AC-6 AC-6(2) AC-6(10)','7.2.1 7.2.2 7.3.2','A.5.15 A.5.18 A.8.2'),
'least_app':('AC-6 AC-6(10)','7.2.5 7.3.2','A.8.2 A.8.9'),
'trust':('AC-3 AC-6','7.2.1 7.3.3 8.2.7','A.5.15 A.5.19'),
'mfa':('IA-2(1) IA-2(2) IA-2(8)','8.4.1 8.4.2 8.4.3','A.5.17 A.8.5'),
'mfa_root':('IA-2(1) IA-2(8)','8.4.1 8.4.2 8.4.3','A.5.17 A.8.2 A.8.5'),
'mfa_hw':('IA-2(1) IA-2(6) IA-2(8)','8.4.1 8.4.2 8.4.3','A.5.17 A.8.2 A.8.5'),
'pw':('IA-5(c) IA-5(1)(h)','8.3.6','A.5.17'),
'pw_reuse':('IA-5(1)(h)','8.3.7','A.5.17'),
'pw_age':('IA-5(f)','8.3.9','A.5.17'),
'key_age':('IA-5(f)','8.6.3','A.5.17'),
'unused':('AC-2(3) AC-2(j) AC-6','7.2.4 8.2.6','A.5.16 A.5.18'),
'groups':('AC-2(1) AC-3(7) AC-6','7.2.2 7.3.2','A.5.15 A.5.18'),
'root_key':('AC-6(2) AC-6(10) IA-2','7.2.2 8.2.2','A.5.15 A.8.2'),
'secret_plain':('IA-5(h)','8.3.2','A.5.17 A.8.12'),
'secret_rotate':('IA-5(f)','8.6.3','A.5.17'),
'kms_rot':('SC-12 SC-12(2)','3.7.4','A.8.24'),
'kms_delete':('SC-12','3.7.5','A.8.24'),
'kms_policy':('AC-3 AC-6 SC-12','3.6.1 3.6.1.3 3.7.7 7.2.1','A.8.3 A.8.24'),
'cert':('SC-12 SC-23(5)','4.2.1','A.8.24'),
'key_strength':('SC-12','3.7.1 4.2.1','A.8.24'),
'imds':('AC-6 CM-6(a)','2.2.5','A.8.9'),
'harden':('CM-6(a)','','A.8.9'),
'harden_net':('CM-6(a) CM-7(b)','2.2.5','A.8.9'),
'waf':('SC-5(a)','6.4.1 6.4.2','A.8.26'),
'waf_rules':('SI-4(2)','6.4.2','A.8.26'),
'ddos':('SC-5(a) SC-5(b)','','A.8.14'),
'api_auth':('AC-3','7.3.1 7.3.3','A.8.3 A.8.5'),
'db_auth':('AC-3 IA-2','7.3.1 8.2.1','A.5.16 A.8.5'),
'org':('AC-3 AC-3(3) AC-6','7.3.1','A.5.23'),
'tags':('CM-8(a)','','A.5.9'),
'label':('','','A.5.13'),
'supply':('SI-7(a)','','A.5.21 A.8.9'),
'contact':('','','A.5.26'),
'unused_net':('CM-7(b)','1.2.5','A.5.9 A.8.20'),
'unused_asset':('CM-8(b)','','A.5.9'),
'classify':('','A3.2.5.1','A.5.12 A.8.12'),
'inet_address':('AC-4(21) SC-7(3) SC-7(11)','1.3.1 1.4.2','A.8.20 A.8.22'),
'container_user':('AC-6 AC-6(10)','7.2.5','A.8.2 A.8.9'),
'readonly':('CM-6(a) SI-7(a)','','A.8.9'),
'mgmt':('CM-2(2) CM-8(2)','','A.5.9 A.8.9'),
'capacity':('SC-5(2) SC-6','','A.8.6'),
'none':('','',''),
}
def ids(path): 
    import re
    return set(re.findall(r'\{id: "([^"]+)"',open(path).read()))
F='/work/main/content/frameworks/'
K={'aws_fsbp':ids(F+'aws-fsbp.yaml'),'pci_dss_4.0':ids(F+'pci-dss-4.0.yaml'),'nist_800_53_r5':ids(F+'nist-800-53-r5.yaml'),'iso_27001_2022':ids(F+'iso-27001-2022.yaml')}
for n,p,i in B.values():
    for x in n.split(): assert x in K['nist_800_53_r5'],x
    for x in p.split(): assert x in K['pci_dss_4.0'],x
    for x in i.split(): assert x in K['iso_27001_2022'],x
def nat(s): return [(0,int(x),'') if x.isdigit() else (1,0,x) for x in re.findall(r'\d+|[^\d]+',s)]
def load():
    M={}
    for f in sorted(glob.glob('/tmp/f/map/*.txt')):
        for ln,l in enumerate(open(f),1):
            l=l.split('#')[0].strip()
            if not l: continue
            c,t,fs,b=[x.strip() for x in l.split('|')]
            out={}
            for k in t.split():
                assert k in cis.T,(f,ln,k)
                for v in cis.IDS:
                    if k in cis.IDS[v]: out.setdefault(f'cis_aws_{v}',set()).add(cis.IDS[v][k][0])
            for x in fs.split():
                assert x in K['aws_fsbp'],(f,ln,x); out.setdefault('aws_fsbp',set()).add(x)
            drop=set()
            for x in b.split():
                if x.startswith('-'): drop.add(x[1:]); continue
                if ':' in x:
                    a,y=x.split(':'); fw={'pci':'pci_dss_4.0','nist':'nist_800_53_r5','iso':'iso_27001_2022'}[a]
                    assert y in K[fw],(f,ln,x); out.setdefault(fw,set()).add(y); continue
                assert x in B,(f,ln,x)
                for fw,v in zip(('nist_800_53_r5','pci_dss_4.0','iso_27001_2022'),B[x]):
                    for y in v.split(): out.setdefault(fw,set()).add(y)
            for d in drop:
                for fw in list(out): 
                    if fw.startswith(d): del out[fw]
                    else: out[fw].discard(d)
            assert c not in M,(f,ln,c)
            M[c]={k:sorted(v,key=nat) for k,v in out.items() if v}
    return M
ORDER=['aws_fsbp','cis_aws_3.0','cis_aws_5.0','cis_aws_6.0','cis_aws_7.0','iso_27001_2022','nist_800_53_r5','pci_dss_4.0']
if __name__=='__main__':
    M=load(); print(len(M))
