import sys,os,re,time,subprocess,glob
sys.path.insert(0,'/tmp/f'); import map as m
R='/work/main'; os.chdir(R)
force='--final' in sys.argv; dry='--dry' in sys.argv
M=m.load()
dirty={l[3:] for l in subprocess.check_output(['git','status','--porcelain','-uall','content/checks/aws'],text=True).splitlines()}
tracked=set(subprocess.check_output(['git','ls-files','content/checks/aws'],text=True).split())
seen=set(); changed=[]; unmapped=[]; skipped=[]
for f in sorted(glob.glob('content/checks/aws/**/*.rego',recursive=True)):
    t=open(f).read()
    i=re.search(r'^#   id: (\S+)',t,re.M)
    if not i: print('no id',f); continue
    cid=i[1]; assert cid.startswith('aws.'),cid
    k=cid[4:]; seen.add(k)
    if k not in M: unmapped.append((k,f)); continue
    if f in dirty or f not in tracked or (time.time()-os.path.getmtime(f)<(30 if force else 300)): skipped.append(k); continue
    fw=M[k]
    def q(y): return f'"{y}"'
    block=''.join(f'#     {x}: [{", ".join(q(y) for y in fw[x])}]\n' for x in m.ORDER if x in fw)
    if block: block='#   frameworks:\n'+block
    new=re.sub(r'^#   frameworks:\n(?:#     .*\n)*','',t,flags=re.M)
    n=re.subn(r'^(#   severity: .*\n)',lambda s:s[1]+block,new,count=1,flags=re.M)
    if n[1]!=1: print('no severity line',f); continue
    if n[0]!=t:
        changed.append(f)
        if not dry: open(f,'w').write(n[0])
print('changed',len(changed),'skipped',len(skipped),'unmapped',len(unmapped),'stale mappings',len([k for k in M if k not in seen]))
open('/tmp/f/changed','w').write('\n'.join(changed))
if '-v' in sys.argv:
    for k,f in unmapped:
        t=open(f).read(); title=re.search(r'^# title: (.*)',t,re.M)
        kind=re.search(r'^#   kind: (.*)',t,re.M)
        print(k,'|',kind and kind[1],'|',title and title[1])
    print('stale',[k for k in M if k not in seen])
