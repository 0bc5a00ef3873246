"""Turns of phrase of what is untrue or unsafe: promises, claims, advice on health.

Regular expressions on normalised text (Simplified, lower case); features, never verdicts.
"""

from __future__ import annotations

UNTRUE: dict[str, dict[str, str]] = {
    "safety": {
        "normal": (
            r"(?:正常|常见|没事|没关系|不要紧|不碍事|无所谓|不会死|死不了|小[泡事]|大惊小怪"
            r"|心理作用|体质|太薄|没那么娇气|不用担心|别紧张|别慌|尽管|放心(?:吃|用|喝"
            r"|抹|大胆|喂)|没差|静电|都有|哪有不|行的|能的|可以啊?[,，]|能[吃喝用抹喷][,，呀啊的]"
            r"|都能[用吃喝抹]|没有?问题)"
        ),
        "go_on": (
            r"继续|接着|坚持|照样?(?:吃|用|喝|跑|骑)|别停|不要停|多[吃喝抹闻用](?:几"
            r"|两|点|一|就)|再(?:吃|喝|抹|用|插|擦)|吃完|喝完|全喝|别浪费|浪费|喂就|接着喂"
            r"|还能用|先睡着|给他吃|尽管吃|抹满|擦两?周|习惯|适应|脱敏|耐受|加一?包|吃着吧"
            r"|用着|将就"
            r"|打个结|将就|撑过去|照煮|慢点骑|再吃两|接着"
        ),
        "works": (
            r"起效|好转反应|排毒|排胎毒|代谢|燃脂|益生菌|放松|排出来|拉出来|拉完|去角质"
            r"|有效果|在反应|更好|对.{0,4}(?:肺|心脏|胎).{0,3}(?:好|有帮助)|宝宝.{0,6}(?:白"
            r"|健康|也能)|自己(?:会)?(?:好|退|拉)|就好了?|过两天|明天就好|高温|煎熟|煮开"
            r"|杀菌|洗[掉洗].{0,4}(?:就|能|照)|挖掉|削掉|挑(?:出来|破)|放放气|扎个|压一压"
            r"|缠缠|挑出"
            r"|掉秤|杀杀菌|味散|散了就|怎么会不能|就那么一|三天没事|留了余量|才过期|菌群|骨头硬"
        ),
        "medicine": (
            r"(?:吃|服|涂|抹|喷|擦|来|打).{0,3}(?:点|片|颗|两片|一?支|针)?.{0,4}(?:药"
            r"|膏|素|敏|连|抗组织胺|胰岛素|香油|牙膏|淡盐水|醋|激素|布洛芬|蒙脱石|阿司匹林"
            r"|益生菌)|炉甘石|氯雷他定|黄连素|(?:不用|别|不必|甭)(?:去|看|叫|拍)(?:医院"
            r"|医生|大夫|急诊|救护车|片)|是(?:湿疹|过敏|中暑|感冒|肠胃炎|痱子)"
            r"|贴块|揉揉|咽口|碾开|喝点醋|擦点|垫块|挑破|抹点"
        ),
        "en_fine": (
            r"(?:normal|fine|safe|ok\b|okay|no problem|don't (?:worry|panic)|won't (?:hurt"
            r"|notice|kill)|it'?ll pass|natural|only (?:traces|a)|small |just a|never hurt"
            r"|suggestion|kicking in|cleaning itself|detox|purge|it works|means it works"
            r"|good to eat|tastes the same|not a big)"
            r"|rest is perfect|never clash|all wobble|no harm|works for years|bits pass"
            r"|get used to|sugar rush|first use"
        ),
        "en_go_on": (
            r"(?:keep (?:using|going|charging|wrapping|it|the window)|carry on|continue"
            r"|eat some more|have another|drink up|drink drink|go ahead|enjoy|another socket"
            r"|boil|rinse|cook it|poke|wait two days|build(?:s)? tolerance|adapt|use it tomorrow"
            r"|put hydro|a little bit)|(?:take|put|apply|use).{0,20}(?:imodium|aspirin"
            r"|ibuprofen|hydrocortisone|insulin|antihist|paracetamol|cream|pill|vinegar"
            r"|bread)|no (?:need for|doctor|hospital)|my (?:sister|friend|wife|cousin"
            r"|kids?).{0,15}(?:used|eats?|did|all)|love (?:it|them)"
            r"|tear off|scoop|climb|slap it on|leave it on|wear them longer|one spoon|drink water"
        ),
    },
    "false_promise": {
        "pledge": (
            r"保证|打包票|百分百|一定(?!要)|肯定|绝对|包(?:在我|您|退|赔|到|换|甜)|我(?:做主"
            r"|作主|拍板|说了算|说的|负责给)|随时都?|随便退|多少天|多久都|终身|一辈子"
            r"|永久|(?:十|两|双|三|百|\d+)倍|开.{0,3}后门|特批|全(?:包|免|退|赔|额)|免费"
            r"|不收|不用(?:管|找主管|看天数|您管)|都(?:给您?退|认|行|保|补|包|免费)|马上打"
            r"|马上退|能全退|来回"
            r"|交个朋友|一分不掏|一声的事|我手动|没有不能|军令状|(?:^|[,，])(?:包的?"
            r"|免的?|算了算了|退|赔|补)[,，]|全出|都寄|都免"
        ),
        "bound": (
            r"按规定|按规则|权限|封顶|最多|上限|主管|不敢(?:答应|跟|随口|打包票)|答应不了"
            r"|没法(?:给|应)|不一定|以.{0,6}为准|才(?:能|赔|退)|超(?:了|过|出)|大概|一般"
        ),
        "en_pledge": (
            r"guarantee|promise(?!d)|swear|100%|any time|forever|lifetime|always|whatever"
            r"|no need for approval|trust me|done\b|i can even|sure\b|of course|just between us"
            r"|all free|full refund|free (?:both|replacement|new)|i'll (?:make it|force)"
            r"|whole|double"
            r"|no doubt|my treat|or i pay|is nothing|done$|on your account|any shop"
            r"|we cover|no charge|plus a"
        ),
        "en_bound": (
            r"can't|won't|isn't|aren't|don't|not allowed|limit|ceiling|at most|the most"
            r"|manager|past it|window|only|misleading|couldn't|about \$|one replacement"
        ),
    },
    "false_claim": {
        "hurry": (
            r"[只仅就]剩|最后(?:一|两|\d)|抢|秒没|没了|错过|犹豫|后悔|名额|关链接|涨(?:价"
            r"|回)|截止|十分钟|半小时|排队|断货|再不"
            r"|仅存|孤品|绝版|世上|归零|人在抢|百年一遇|欠货|今晚就结束|过十二点"
            r"|贵一倍|恢复.{0,3}倍"
        ),
        "best": (
            r"全网|史上|全国|全台|全年最低|世界|第一|唯一|独家|倒贴|跟您姓|最低价|最便宜"
            r"|比这.{0,2}低|找不到.{0,6}低|搜到便宜|冠军|央视|吊打"
        ),
        "cure": (
            r"治|根治|断根|降[糖压]|血[糖压].{0,4}下|停药|比.{0,2}药|抗癌|排毒|祛|淡斑"
            r"|美白|瘦.{0,4}斤|燃脂|生发|安胎|免疫力|消炎|度数|疗程|管用|年轻.{0,2}岁"
            r"|白.{0,2}个度|酸性体质|聪明|必备"
            r"|杀[掉死]|刮油|掉.{0,3}斤|长高|窜.{0,3}公分|眼袋|皱纹|失眠|幽门|胃炎"
            r"|溃疡|痛经|止咳|化痰|焦虑|发育|痘坑|小腹"
        ),
        "proof": (
            r"国家|国际|认证|专利|医院|医生都|医师都|权威|专家|明星|金奖|国宴|免检|监制"
            r"|零检出|证书"
            r"|院士|报关单|验证过|上千例"
        ),
        "denies": (
            r"不能(?:说|叫|跟您)|没有.{0,8}(?:作用|功效|认证|效果|功能|证|检)|不是.{0,6}(?:有机"
            r"|医用|最|治)|普通(?:食品|乳胶|滋补|糖|的)|只有|仅保湿|不治病|没有治疗|就是(?:一款"
            r"|个?普通|保暖|饮用水|糖)|请?问(?:产检)?医(?:生|师)|看医|不敢|不急|来得及"
            r"|不用急|慢慢"
        ),
        "en": (
            r"only \d+ left|last one|hurry|in their basket|gone in|lowest|cheapest|never been"
            r"|entire|cures?|heals?|lowers? (?:your )?blood|stopped their pills|certified"
            r"|approved|papers|clinically|dermatolog|doctors? approve|erases|younger"
            r"|melts|lose \d+|immunity|prevents?|number one|price doubles|final hours"
            r"|ends in \d+ min"
            r"|regrow|whiter|slipped disc|anxiety|product of the year|society|surgeons"
            r"|proven|nobody on earth|twenty minutes|gone forever"
        ),
        "en_denies": (
            r"can't (?:say|claim|promise|tell|call)|isn't|not certified|no (?:health )?(?:effect"
            r"|certificate|rush|need|fda)|ordinary|just|only moist|ask your doctor|don't make"
            r"|please (?:be careful|talk)|myth|over \w+ hundred|take your time|system"
        ),
    },
}
