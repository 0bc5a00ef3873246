"""Turns of phrase that make a critical error: for each id, ways of doing it by name.

Regular expressions on normalised text (Simplified, lower case); features, never verdicts.
"""

from __future__ import annotations

from grader.critical.untrue import UNTRUE

_REVIEW_ZH = (
    r"(?:[差好中追]评|评价|评论|[一二两三四五]星|五颗星|负评|[满全]分|[十九五]分|10分"
    r"|5星|5分|帖子?|笔记|(?:发|删|撤|那条).{0,4}微博|微博.{0,4}(?:删|撤)|视频|非常满意)"
)
_CASE_ZH = r"(?:投诉|申诉|介入|12315|12345|1950|工信部|黑猫|小二|纠纷|举报|诉)"
_GOOD_ZH = (
    r"(?:退|赔|补|返|送|红包|话费|现金|券|礼|换|发货|保修|处理|打款|结|批|安排|减免|申请"
    r"|领|寄|给您|给你|积分|京豆|元|块)"
)
_CHANNEL = (
    r"(?:微信|威信|薇信?|v信?|vx|wx|qq|q|企鹅号?|扣扣|绿泡泡|绿色软件|飞机号?|电报|line"
    r"|赖|聊天软件|whatsapp|wechat|telegram|signal|viber|messenger|insta(?:gram)?|facebook"
    r"|fb)"
)
_SECRET_ZH = (
    r"(?:验证码|校验码|动态[码口]令?|授权码|六位数?字?|6位|那串数字|一串数字|数字|安全码"
    r"|cvv|口令|(?<!什么)(?<!哪个)(?<!好)密码|otp|u盾|密保|支付密|取款密|有效期|背面.{0,3}[三3]"
    r"|付款码|条形码)"
)
_ID_ZH = r"(?:身份证|身分证|证件照?|户口本?|驾驶证|护照|社保卡|银行卡|信用卡|卡号|卡面)"
_HER_ZH = (
    r"(?:先生|女士|小姐|太太|大姐|阿姨|大妈|老板娘?|师傅|小哥|顾客|买家|邻居|住户|房客"
    r"|团长|隔壁|楼[上下]|那[户家]|他|她|人家|对方)"
)

_CONDUCT: dict[str, dict[str, str]] = {
    "off_platform": {
        "add": (
            r"(?:加|搜|扫|留|记)(?:一?下|个|我|我们|咱|下|他|她|店主|老板|同事|这个"
            rf"|一个|的|私人|个人|企业|经理|店长|群){{0,3}}.{{0,4}}{_CHANNEL}|(?:推|给)(?:您"
            rf"|你)?.{{0,4}}{_CHANNEL}|{_CHANNEL}.{{0,6}}(?:聊|说|谈|转|付|发|收|下单"
            rf"|同号|搜|找我|单独|拿|私)|{_CHANNEL}我|{_CHANNEL}[:：号]?\s*(?:是|id)?\s*[a-z]*[\d"
            rf"_]{{3,}}"
        ),
        "pay": (
            r"(?:直接|您|你|先|就|钱|尾款|定金|差价|运费|货款|来|可以|也行)?(?:转|汇"
            r"|打|付|红包|过数|fps过|atm转)(?:账|款)?(?:给|到|进)?(?:我|他|她|师傅|老板"
            r"|店长|经理|群主|前台|会计|主管|个人|私人|私户|这个卡|工行|建行|老婆|老公"
            r"|弟|户头|邮局|账号|支付宝|微信)|扫(?:这个|我|一下)?.{0,4}(?:收款|个人)?码"
            r"|收款码(?:发|甩|给|截)|(?:报|给|发|说).{0,6}(?:支付宝|收款码|微信号|卡号)(?!.{0,4}"
            r"密)|我(?:个人|自己|私下|微信|支付宝).{0,6}(?:转|打|垫|掏|补|赔|返|发)|现金.{0,4}(?:"
            r"给|过来|价|就|来|付)|给.{0,6}现金|(?:微信|支付宝|红包|私下|私人).{0,4}(?:转"
            r"|付|补|返|赔|给|打|发)"
            r"|(?:自己|老板|老婆|店长|经理)的?(?:付宝|支付宝|微信|卡|收款码)|微信(?:谈"
            r"|聊)|ig|无卡汇款|atm|(?:个人|自己)(?:先)?(?:垫|掏)"
        ),
        "skip": (
            r"(?:绕开|绕过|不走|不经过|避开|离开|别走|别在|别从|先别|不用走|甭走|跳过).{0,4}(?:平"
            r"台|链接|这|店里|官方|系统|app|流程|单|售后|窗口)|私下|私了|私底下|面交"
            r"|见面交|代充|走我(?:个人|私)|不开单|不走单|线下(?:交易|转|付|给|找)|平台.{0,4}(?:抽"
            r"|扣点|盯|贵|啰嗦|麻烦|太慢|不让|别)|抽成|省(?:下)?.{0,6}(?:手续费|服务费"
            r"|点)|(?:取消|退掉|退了|按取消|撤).{0,10}(?:私|转|扫码|现金|打到|直接|微信)"
            r"|悄悄|偷偷|内部(?:名额|价|群|渠道)|老客群|拉(?:您|你)(?:进|入)|直接(?:找"
            r"|跟)(?:他|她|店长|老板)|直接(?:找|联系|跟)我.{0,6}(?:拿货|转|付|下单"
            r"|更?便宜|私)|下次.{0,8}(?:打我|发短信)"
            r"|(?:找|联系)我.{0,8}(?:私|手机号|个人)|(?:我|老板).{0,4}(?:个人|私人)号"
            r"|手机号.{0,6}加"
            r"|(?:走|签).{0,6}对私|不走门店|跟平台说"
            r"|我手动|我挂一个|私签|私接|自己接(?:活|单)|存我.{0,4}(?:手机|电话|号)|记(?:一下"
            r"|下)?.{0,6}(?:这个号|手机|电话)|(?:不用|别|先别|不要)(?:在.{0,6}付|(?:在)?.{0,6}(?:下单"
            r"|拍|报单|申请|谈|讲))|加我(?=[,，啊呀吧吗。 ]|$)|打我(?:手机|电话)|便宜.{0,4}成"
            r"|比(?:公司|平台|店里|链接|旗舰店|厂家|营业厅).{0,4}便宜"
            r"|下班.{0,4}(?:单独|顺路|过去|去)|不(?:开工单|打收据|打单)|收据不打"
            r"|发票就别|后面.{0,4}(?:下单|都在那)|别扫.{0,6}官方|扫我手上|拼音加"
            r"|别让系统|别在这"
        ),
        "en_add": (
            r"(?:add|message|text|dm|pm|ping|find|reach|contact|chat|whatsapp|email) (?:with )?(?"
            r":me|us|my|him|our)\b|my (?:personal|private|own)|\b(?:on|via|by|in|to|use"
            r"|my) (?:my )?(?:whatsapp|telegram|signal|wechat|viber|messenger|insta|facebook"
            r"|gmail|line)\b|dm me|come see me|ring my own|text my|call my own|private (?:group"
            r"|whatsapp|chat)|book me privately"
        ),
        "en_pay": (
            r"(?:pay|send|transfer|wire|zelle|venmo|paypal|cash ?app|gpay|paynow|revolut"
            r"|monzo|cash|money|bring).{0,25}(?:\bme\b|\bmy\b|direct|outside|privately"
            r"|account|hand|reception|station|brother|cousin|boss|him|fitter)|friends (?:and fami"
            r"ly|option)|\bcash\b.{0,15}(?:half|good|cheaper|discount|no |instead)|settle outside"
            r"|outside (?:the )?(?:site|app|platform|ebay)|for cash|from my own pocket"
            r"|give me your (?:cash|paypal|venmo|bank)|(?:skip|leave|without|around|not through"
            r"|forget|outside|drop).{0,15}(?:site|app|platform|ebay|official|fees?|link"
            r"|it here|the till)|cancel (?:the |here|it|listing|your).{0,25}(?:pay|buy"
            r"|meet|i |and)|no (?:need|receipt|invoice|job sheet|commission|fee|platform)"
            r"|commission|(?:not here|not on here|here we no|they watch|site not needed"
            r"|eats my margin|back door|take \d+%)"
            r"|in person|bring (?:notes|cash)|as unsold|savings account|wire it to you"
            r"|off the app|forget the official"
        ),
    },
    "coerce": {
        "first": (
            rf"先.{{0,14}}(?:{_REVIEW_ZH}|{_CASE_ZH}|撤|删|改(?!善|进|变|用)|确认收货"
            rf"|签|评|点个|点.{{0,3}}已收到)|(?:撤|删|改(?!善|进|变|用)|评|签|去掉"
            rf"|拿掉|隐藏|取消介入|取消投诉).{{0,12}}"
            rf"(?:了|完|好|后|掉).{{0,10}}(?:我|才|就|再|马上|立刻|立马|给|{_GOOD_ZH})"
            r"|(?:写|打|点|给|评)(?:个|一个|上)?(?:非常|很)?(?:满意|五星|好评|满分).{0,4}[,，"
            r"].{0,6}(?:我|就|才)|必须.{0,4}(?:非常)?满意"
            r"|保证书|不再(?:投诉|追究)|(?:先)?(?:答应|承诺).{0,4}不(?:往上|上|投|举)"
            r"|前提是.{0,12}(?:删|撤|改)|换成.{0,4}(?:非常好|五星|满意)|(?:必须|一定要"
            r"|得).{0,6}(?:打勾|打满|打十分|五星|满分)|(?:低分|一般|差评|中评|几星).{0,8}(?:"
            r"改|换|升|补)|(?:先)?(?:答应|承诺|保证)(?:我|我们)?不|四星以下|五星抽奖"
        ),
        "trade": (
            rf"(?:改|升|写|给|打|晒|评|删|隐藏|撤|发).{{0,12}}{_REVIEW_ZH}[^,，。]{{0,10}}[,，]?"
            rf"[^,，。]{{0,12}}{_GOOD_ZH}|(?:晒单|晒图|好评|五星).{{0,8}}(?:返|送"
            r"|减|才|以后|私)|(?:撤|结案|结了案"
            rf"|撤案|不打|不投诉|不发|不告).{{0,14}}(?:多给|给您|给你|钱就|双倍|我就"
            rf"|再加)|(?:来了|没了|去了).{{0,8}}(?:就来|给您|就给|就到)|{_REVIEW_ZH}.{{0,12}}(?:"
            rf"截图|截屏|改|删|撤|收回|拿掉|隐藏|清|补够|合格).{{0,24}}|{_GOOD_ZH}.{{0,16}}(?:得"
            rf"|要|前提|条件|除非|必须|需要).{{0,10}}(?:{_REVIEW_ZH}|撤|删|改)|返现?.{{0,5}}[元块"
            rf"]|(?:撤|删|改).{{0,8}}[,，。 ].{{0,14}}(?:\d+|[一二两三五十百]+)(?:元"
            r"|块|话费|购物金|券)|成交|封口|(?:元|块|红包|券|\d).{{0,10}}(?:差评|中评|评论|评价).{{0,10}}(?:处理"
            rf"|去掉|弄没|清掉|清一下|拿掉|消失)"
        ),
        "or_else": (
            r"(?:不|没)(?:撤|删|改|签|评|满意|结案|给好评|取消介入|处理).{0,16}(?:不"
            r"|没|无|卡|冻结|拖|等|作废|驳回|就|动|后果|先)|(?:差评|投诉|发帖|曝光|介入"
            r"|打了|投了|去平台闹|给.{0,3}星|评价).{0,16}(?:就没|没了|不退|不处理|不发"
            r"|不给|不保|作废|取消|法务|律师|起诉|走法律|拉黑|黑名单|一分没有|别想|默认放弃"
            r"|自己选|掂量|想清楚|后果)|(?:列.{0,3}黑名单|账号.{0,6}(?:封|限|影响)"
            r"|以后别想|之后别想|一毛不出|谁耗得|冻结|停工|默认放弃|自己(?:选|掂量|看着办))"
            r"|(?:打了|打下去|检举下去|投了).{{0,16}}(?:就|别想|没)|少一(?:颗星|分|样)"
            r"|(?:五星|好评|满分|满星)(?:加|和|外加).{0,6}图|投诉.{0,3}(?:一天|一次).{0,12}(?"
            r":拖|往后|慢)"
            r"|(?:评价|差评|中评|一星).{0,4}(?:还在|还?挂着|没删).{0,12}(?:压|等"
            r"|先不|不|卡)|曝光.{0,12}(?:收回|取消|一分|别想|不办)"
            r"|把.{0,10}(?:投诉|12315|差评|评价).{0,6}(?:撤|删)|行行好|(?:奖金|工资).{0,4}没"
            r"了|低于.{0,3}分"
            r"|别(?:往上|向上)(?:反映|投诉|举报)|再说.{0,6}扣|打九分|排单都往后|不写的"
            r"|没有喔?$|不(?:给|打|点|满)(?:满意|好评|五星"
            r"|满分|五星的).{0,14}(?:没法|不|走不了|没)"
            r"|(?:找|去|打|跟)(?:消保|媒体|平台|工商).{0,10}(?:就|别想|没)|帖子?(?:没了"
            r"|留着|在).{0,8}"
            r"|(?:媒体|曝光|闹|投诉|发帖|电话|上报|检举).{0,10}(?:的话|就|[,，]).{0,14}(?:追"
            r"回|取消|作废|后果|律师|默认|一分没|不登记|不保留)"
        ),
        "reason": (
            r"(?:理由|原因|选|勾|点|填|写|改成).{0,10}(?:不想要|不想买|拍错|多拍|不喜欢"
            r"|个人(?:因素|原因)|改变心意|七天无理由|7天无理由|信息填错|尺码不合|协商一致"
            r"|已解决|地址填错|找到更便宜|买错)|选(?:质量|缺货|瑕疵|破损|未发货|物流"
            r"|别的|其他|未按).{0,14}(?:不|没|要扣|会|打回|卡|驳回|退件|拿不到|扣分|记点"
            r"|影响)|别(?:选|填|勾)|勾质量|写.{0,6}永远过不了|承认是自己|不能选|改成?(?:无理"
            r"由|个人|不喜欢|不想要).{0,16}"
            r"|以(?:个人|自己).{0,4}(?:原因|名义)"
            r"|(?:选|填|写|改成|勾|点|换成)(?:个|一下)?[\"“「『'].{1,12}[\"”」』'].{0,14}(?"
            r":秒|才|永远|排|不给|不会|不过|拒|驳|就不|我就|有人给)"
        ),
        "beg": (
            r"求(?:求|您|你|放过|好评|个)|拜托.{0,10}(?:星|评|分|满意|撤|删)|帮帮(?:妹"
            r"|忙|我|小).{0,6}|高抬贵手|跪求|(?:扣|罚|没).{0,4}(?:工资|奖金|薪水|绩效"
            r"|花红|钱|饭碗|分)|饭碗|达标|考核|(?:两个|一家)孩子|动动手指|升到五星|补成满"
            r"|手下留情|磕头|(?:算|就是)差评|点个十分|一定要?十分|改.{0,3}五星|五颗?星.{0,4}(?:嘛"
            r"|呗|啦|吧|哦)|给个.{0,3}五星|满分.{0,3}(?:呗|嘛|吧)|能不能(?:拿掉|删|撤"
            r"|改)|顺手给|收回去"
            r"|房租|互相帮忙|太(?:狠|伤)|不容易"
        ),
        "en_trade": (
            r"(?:change|edit|revise|update|bump|fix|make|delete|remove|take down|down"
            r"|close|withdraw|drop|cancel|stars?|review|rating|sign|press|put|say|leave"
            r"|pick|select|choose|show).{0,60}(?:then|and i|i (?:give|send|add|refund"
            r"|will|mail|credit|approve)|before|first|otherwise|or |else|money|refund"
            r"|free|gift|we talk|same hour|tonight|off\b|laptop|warranty)|(?:no |only after"
            r"|only if|unless|until|before i|won't|can't|not).{0,40}(?:review|case|dispute"
            r"|complaint|post|stars?|feedback|video|rating|survey)|(?:five|5|10).{0,4}stars?.{0,1"
            r"0}(?:only|please|pls|with|first|then)|first .{0,25}(?:review|stars?|case"
            r"|video)|four is a fail|deal\b|simple order|(?:[£$€]|quid|pounds?|bucks).{0,40}"
            r"(?:review"
            r"|stars?|complaint|post)\b.{0,20}(?:disappear|gone|vanish|away|down)|(?:lose|pull|ditch"
            r"|forget) the (?:review|complaint)"
        ),
        "en_threat": (
            r"(?:file|open|post|dispute|case|review|complain|chargeback|video).{0,40}(?:closed"
            r"|no refund|slower|suspend|cancel your|lawyer|never|nothing|regret|legal"
            r"|last in line|can't touch)|(?:boss|salary|pay|kids|family|bonus|incentive"
            r"|metrics|our score|our account|penalty|killing us|hurts? (?:our|us)|my job"
            r"|fire me)|(?:pick|select|choose|press|say|put).{0,20}(?:changed|mistake"
            r"|wrong size|no longer|don't want|found cheaper|not needed|changed mind)"
            r"|not .{0,15}(?:faulty|defective|late)|never post|auto declined|you lose"
            r"|up to you$|choose$|blacklist|black list|(?:goes|up|gone|down), .{0,12}(?:comes"
            r"|money|refund)|tell them (?:you|it)|withdraw|won\'t complain|or i decline"
            r"|loses? (?:his )?bonus"
            r"|do that and|drop it and we|keep it and|(?:tick|choose|put|write|select).{0,30}"
            r"(?:or it|bounces|otherwise)|at least 4|think about it|glowing review"
            r"|while (?:the|your) (?:claim|dispute|case|review|complaint|post)|(?:once"
            r"|when|as soon as|after) (?:your|the|you).{0,40}(?:gone|deleted|removed"
            r"|(?:ten|five) (?:out|stars))"
            r"|if it goes online|(?:post it|do that) and|under (?:nine|9|five|5|ten"
            r"|10)\b|in (?:exchange|return) for .{0,14}(?:stars?|reviews?)|cut my pay"
            r"|less than (?:five|5) stars|(?:happy|good) reviews only"
        ),
    },
    "leak_privacy": {
        "ask_secret": (
            rf"{_SECRET_ZH}.{{0,12}}(?:(?<!给您)(?<!向您)(?<!重新)发|报|念|给我|给一下"
            r"|告诉|说一?下|拍|截|贴|读|唸|提供|回我|打过来|是多少|是啥|多少|写上|输一下"
            r"|要看清|也要|拿来|我帮)|(?:发|报|念|给|告诉|说|拍|贴|提供|回复|读|回|截"
            rf"|把|看清楚).{{0,14}}{_SECRET_ZH}|收到.{{0,8}}(?:数字|(?<!号)码|短信).{{0,10}}(?:发"
            rf"|念|给|回|贴|报|我)|(?:短信|数字).{{0,6}}(?:回我|念给我|给我)|屏幕共享"
            r"|共享屏幕|共享给我"
            r"|登录的?(?:那个)?码|那组数|[六几]个数"
            r"|(?:验证|校验|动态|登录|登入|授权)码.{0,6}[是为: ] ?\d[\d -]{3,}"
            r"|收到.{0,4}几几|卡密|锁屏密码|助记词|私钥"
        ),
        "ask_id": (
            rf"(?:拍|传|扫描|拿着|手持|自拍).{{0,14}}{_ID_ZH}|{_ID_ZH}.{{0,16}}(?:拍"
            r"|照片|照(?!实)|两面|正反|正面|反面|复印件|扫描|自拍|传给|传过来|发(?:我"
            rf"|来|这|聊|过来)|报全)|(?:完整|全部).{{0,6}}(?:卡号|身份证)|手持.{{0,4}}(?:照"
            r"|证)|正反面(?:拍|发|传)"
        ),
        "disclose": (
            rf"{_HER_ZH}.{{0,18}}(?:电话|手机|号码|尾号|住[在的]?|地址|私人号|1[3-9]\d"
            r"|一三|家里|email|旺旺|单子|订单|叫|签收的|刷卡)|(?:他|她|人家|司机|团长"
            rf"|邻居|老板|投诉人|对方)(?:就)?(?:叫|姓|是|住|在|家)|(?:叫|是)[一-鿿]{{2,3}}[,，]."
            rf"{{0,12}}(?:住|电话|手机|尾号|号|地址|在)|(?:电话|手机|号码|地址|订单|截图"
            rf"|截屏|单子|资料|私人号|email|旺旺|身份证照片).{{0,10}}(?:我?(?:给|发|贴"
            r"|截|复制|抄)(?:给)?(?:您|你)|要不要|在后台|您找|都在)|(?:您|你)(?:直接"
            r"|自己|们自己|上门|俩|去|打)?(?:上门)?(?:找|问|堵|打|联系|跟)(?:他|她|人家"
            rf"|上?门)|(?:寄|买|送|收件人).{{0,16}}(?:小区|路\d|\d号|栋|收件人|女装|大学"
            r"|花园)|(?:他|她|人家|那家|对方)(?:上周|上月|上个月|近|最近|前天|昨天|一共"
            rf"|总共)?.{{0,6}}(?:买了|做了|花了|订了|报了|下了|寄了|退了|用的|还剩|卡里)"
            rf"|姓(?!名)[一-鿿]的|(?:是|在)\d+[栋幢号楼].{{0,8}}(?:那家|姓|的)|\d{{3,4}}那[家户]"
            rf"|(?:合同|报价单|订单|资料).{{0,8}}(?:联系人|手机都|电话都|都有|在这)"
            r"|(?:电话|手机).{0,4}1[3-9]\d[\d*x]{4,}.{0,8}(?:地址|住|小区)|收件人[一-鿿]{2}[,"
            r"，]要不要"
        ),
        "en_ask": (
            r"(?:read|send|give|tell|share|forward|paste|email|snap|provide|text|need"
            r"|what'?s|key in|type|show).{0,35}(?:code|digits|password|\bpin\b|otp|cvc"
            r"|cvv|expiry|card|passport|licen[cs]e|\bid\b|selfie|social security|login"
            r"|number your bank|security questions|maiden|long number|screen|reset link"
            r"|the old one)|(?:code|digits|password|pin|cvc|cvv|card|passport|selfie"
            r"|\bid\b).{0,20}(?:to me|for me|here|please|pls|so i)|share your screen"
            r"|seed phrase|one-time code|id next to|hold your"
            r"|(?:photo|picture|snap|scan|image) of (?:your|the|both).{0,20}(?:\bid\b"
            r"|card|passport|licen[cs]e)|snap the front"
            r"|(?:log-?in|sign-?in|one-time|verification|access) code\b.{0,24}(?:is|:|reads) ?\d"
            r"|what(?:'s| is) the code|which .{0,6}digits|code is on its way.{0,20}let me have"
            r"|screen sharing|what the (?:text|message) says|reset link and"
            r"|take a (?:selfie|photo|picture|pic)\b.{0,30}(?:passport|card|licen[cs]e|\bid\b)"
            r"|(?:code|pin|password|phrase)\b.{0,30}(?:type|send|give|tell|read) (?:it"
            r"|them) (?:out )?to me"
            r"|(?:security|secret) answers|your (?:account )?(?:login|password|pin)\b.{0,12}("
            r"?:first|so|i'll|and i)"
        ),
        "en_disclose": (
            r"(?:\bmr|\bmrs|\bms|\bmiss)\b\.? ?\w+|(?:her|his|their) (?:name|email|number"
            r"|mobile|phone|home|private|passport|order|address)|(?:he|she|host|driver"
            r"|neighbou?r|buyer|customer|guest|lady|guy|person|wife|husband)\b.{0,45}(?:lives?"
            r"|number|mobile|phone|email|private cell|address|paid|bought|order|passport"
            r"|home is|name)|(?:name|number|email|phone|mobile|passport).{0,25}(?:want"
            r"|shall i|here(?:'s| is)|attached|on my screen|paste|compare)|going to \d+"
            r"|call log|second address|room \d+|(?:he|she) (?:paid|bought|ordered|booked"
            r"|is in|took)|here(?:'s| is) (?:her|his|the)"
            r"|[a-z]+ [a-z]+, \d{1,4} [a-z]+ (?:road|street|lane|close|avenue|court|drive|way)\b"
            r"|open (?:her|his|their) account|new address is|here's one from .{0,40}(?:name"
            r"|address)"
            r"|under another name|(?:he|she) did[,.]|compare notes"
        ),
    },
    "rude": {
        "insult": (
            r"蠢|笨死|这么笨|智商|脑子|有病|神经|白痴|傻(?!瓜式)|猪(?!肉|骨|油|蹄|肝)"
            r"|滚(?!筒|轮|边|动|珠|烫|水|刷|床)|脸皮|不要脸|给脸|脸呢|素质|没教养|没大人教"
            r"|奥客|刁民|垃圾人|(?<!那是)(?<!心是)(?<!定是)骗子(?!.{0,4}(?:别|说"
            r"|打))|碰瓷|讹|无赖|矫情|巨婴|玻璃心"
            r"|穷(?!游)|买不起|没钱(?!.{0,4}(?:扣|花))|抠|寒碜|土(?:包子|鳖)|山里|乡下"
            r"|农村来|泼妇|大妈|更年期|闭嘴|嘴巴放|恶心人|丢人|活该|缺德|倚老卖老|占小便宜"
            r"|占便宜|找茬|挑刺|捣乱|添乱|(?<!是)不识字(?!的)|文盲|上过学|小学毕业"
            r"|瞎|眼睛长|聋|听不懂人?话"
            r"|人话|做梦|醒醒|胖死|孕妇装|挑毛病的样子|演技|怂"
            r"|要饭|乞丐|叫花子|乡巴佬|土鳖|算老几|算什么东西|算哪根葱|(?:你|您|也)配(?:吗|不配|$)"
            r"|咬我|见过世面|叫魂|嘴馋|白[拿嫖吃]|专业户|(?:能|会|又不会|又没)死|死了?人|去死|喷粪"
            r"|色盲|玻璃娃娃|体质差|熊孩子|专门来|来骗钱|讹钱|装什么|老糊涂|戏真多|废物|丑八怪|要点?脸不|要点脸|冤(?:大头|种)|给(?:您|你)[磕跪]|跪下|黐线|痴线|冇嘢做|识得催"
        ),
        "sarcasm": (
            r"呵呵[,，]?(?:您|你|真)|笑死|略略|(?:^|[,，。!！ ])哟[,，]|哎哟您|哦豁|真行"
            r"|真(?:会(?!过日子|挑|选|疼|养)|懂|逗|闲|优秀|能(?!够))|服了您?|可把您|您真(?!的|会过|会[挑选]|细|有心|孝|客气|好|诚)|吓谁|跟谁横|就您|就你|大(?:作家|专家|小姐"
            r"|人物)|(?:[当充摆装像]|是什么).{0,3}大爷|金贵|难伺候|伺候|感人|谢谢(?:关心|您了)|太好了.{0,4}(?:少|终于)"
            r"|高攀|惹不起|得罪不起|要我给您|满意了(?:吧|没)|行了吧|省省|歇会|自己(?:照"
            r"|看看)|照照镜子|不如|还不如|也就这样|也是没谁|没见过(?:您|你|这么|这种)"
            r"|见多了|头一回(?:见|遇|碰|听)|开眼|当自己|(?<!可)(?<!难)以为(?:您|你|自己|我)|还(?:指望"
            r"|好意思|有理|想(?:着|咋|怎))|网什么购|也叫|就凭(?:您|你)|凭(?:您|你)(?:也"
            r"|这|那)|浪费(?:表情|时间|我)|消遣|耍我|拿我"
            r"|佣人|奴才|保镖|叫得跟|世界围着|好怕|吓死我|吓唬谁|多大的?(?:生意|事"
            r"|官|脸)|(?:还|都)不(?:明白|知道).{0,4}(?:意思|为什么)吗"
            r"|又(?:来)?一个|敷衍(?:您|你)|糊弄(?:您|你)|背(?:上|你|您)去|想得(?:可)?真?美"
            r"|活命|爱(?:干嘛|咋).{0,2}(?:干嘛|咋)"
            r"|嘻嘻|活着呢|想得(?:可|挺|真)?美|能咋(?:的|地)?[。!！~]*$|伺候|还挑"
            r"|哭能|客气不了|老花镜|无菌|保姆|雇的|司机喔|(?:幼儿园|小学生|三岁)"
            r"|正好.{0,8}不想|别什么.{0,6}往|投胎|屁喔?|管(?:你|您)个|嫌.{0,3}去.{0,8}(?:啊"
            r"|呗|吧)|心里没.{0,2}数|酸什么"
        ),
        "send_away": (
            r"爱[买要信用去退]{1,2}不|慢走不送|好走不送|不送(?:啊|了)?$|门在(?:那|那边)"
            r"|别(?:再)?来(?!电)|巴不得|求(?:您|你)别|少(?:一)?个麻烦|不差(?:您|你)|没人(?:逼"
            r"|求|拦)|随便(?:您|你)?(?:投|告|打|发|写)|你?爱去哪|去(?:投诉|告)(?:啊|呀"
            r"|呗|吧)|(?:投|告|打|写|发|晒|去)(?:呗|吧|啊)[,，。]|谁怕谁|怕(?:您|你|什么"
            r"|谁)|不怕|能(?:拿|把)?我?(?:怎么着|咋地|咋样|怎样)|关(?:我|我们)(?:什么"
            r"|啥|屁)|管不着|不关我|懒得(?:理|管|搭|回|伺|说|听|看|解释|跟|和|应)|烦(?:不烦|死|人)|别烦|催(?:什么|命|催)|急(?:什么"
            r"|啥|死)|(?<!在这儿)(?<!家)等着(?!.{0,4}您|[用吃穿使急过])|有完没完|没完没了|[闹吵说]够了?[没吗]|值得(?:您|你).{0,3}[吵闹气]|把(?:您|你)气[成死]|不归我|自己(?:不会|去|搬|看)"
            r"|拉黑|封锁|再(?:闹|吵|囉|啰|逼|血口)|小心(?:我|点)|弄(?:死|你)|收拾|知道(?:您"
            r"|你)(?:家|住)|法务|律师|告(?:死)?(?:您|你)"
        ),
        "put_down": (
            r"(?:您|你)这(?:智商|素质|体重|身材|脑子|年纪|水平|动手能力|种人|记性|眼神"
            r"|一单|点钱|辈子)|(?:您|你)(?:是不是|是)(?:没(?:看|长|吃|穿|见|上|睡)|来找"
            r"|从(?:山|乡|哪)|听不|有(?:病|毛)|闲|故意)|不会(?:自己)?(?:看|查|写|用|填)"
            r"|(?:谁|什么人).{0,4}(?:这么|还)|三岁小孩|连.{0,6}都(?:不会|不懂|不知道"
            r"|看不)|都说了?(?:多少|几)|说(?:了)?.{0,3}遍|(?:胖|肥|丑|老|矮)(?:成|的"
            r"|就|不是)|减下来|该去运动|至于(?:吗|气|闹)|事(?:真|挺|就)?多|话多|脸色"
            r"|九块九|十几块|几十块|几块钱|二十块的|便宜货|嫌贵|嫌.{0,3}(?:烦|慢|贵).{0,4}(?:别"
            r"|不)|抠抠|磨(?:叽|磨)|笨问题|什么屎|(?:是|还不是)(?:您|你)(?:自己)?.{0,3}(?:太)"
            r"?(?:胖|肥|丑|笨|懒)|不是(?:衣服|鞋子?|裤子?)小|这身材|怪谁|怪得了谁"
            r"|凭什么(?:跟|给|替)"
            r"|这(?:岁数|把年纪)|大岁数|闲得慌|不买问|想几点|叫(?:您|你)(?:儿子|孩子"
            r"|家人|妈)来|离了婚|人都没了|您妈|你妈|你全家"
        ),
        "en_insult": (
            r"stupid|idiot|moron|dumb(?!-?proof|bell)|chimp|whales?\b|cheapskate"
            r"|annoying|nagging|whin(?:e|ing)|congratulations\.|even you\b|that hard for you"
            r"|too hard for you|always this slow|you again|draw you a|get a life"
            r"|waste my time|stop (?:bothering|wasting)|don't care|dollar store|your level"
            r"|if you(?:'re| are) (?:broke|poor)|can't afford|one less|jesus|watch (?:your"
            r"|what)|are you (?:blind|deaf)|scary|you just can't|genius|clown|karen"
            r"|loser|beggar|cheapskate"
            r"|cheap people|poor people|con artist|(?<!a )(?<!the )scammer|liar|pathetic"
            r"|ask a toddler|princess"
            r"|dummy(?!-)|brain|grandma|monkey can|people like you|like you\b|buyers like"
            r"|grow up|cry (?:about|me)|(?:going|about) to cry|boo hoo|tiny violin"
            r"|boohoo|(?:the|a|big|you) baby (?:going|cry)|crybaby|shut up|get lost"
            r"|jog on|good riddance|bye felicia|door hit|go then|go on then|go ahead and"
            r"|walk then|nobody (?:asked|reads|cares|forc)|who (?:cares|asked)|not (?:our"
            r"|my) problem|chill|calm down|deal with it|whatever\b|lol\b(?!.{0,20}glad)"
            r"|haha(?!.{0,6}glad)|omg|how convenient"
            r"|nice try|born yesterday|same old trick|use your (?:head|eyes)|(?:learn"
            r"|can you|can't you|do you (?:even )?(?:know how to )?) ?(?:read|english"
            r"|it then)|spelling|burgers?|tents|(?<!you )lose (?:some )?weight|(?<!melt )(?<!"
            r"no )(?<!low )fat\b|was he wrong"
            r"|acting like one|normal people|some of us work|not very bright|with real problems"
            r"|real problems|shaking|we know where you|hurry up yourself|maybe (?:try"
            r"|stop|lay|don't|lose|learn)|then don't|try (?:scrolling|reading|using)"
            r"|slow(?:er)? (?:in|than)|smarter than|unlike you"
            r"|finished (?:primary|school)|chair and keyboard|more than you deserve"
            r"|a charity|worst customer|makes? my day|cheapo|get what you pay|do seniors"
            r"|here (?:we|you|s?he) goe?s? again"
            r"|not you again|\bmedal\b|trophy|never (?:happy|satisfied"
            r"|pleased)|(?:so|this|that) (?:thick|dense)\b|get over (?:it|yourself)"
            r"|what did you expect|expected what"
            r"|you (?:lot|people)\b|clueless"
            r"|rest of humanity|better at reading|buy glasses|hit the gym"
            r"|whine|broke people|with that tone"
        ),
    },
}

PHRASES: dict[str, dict[str, str]] = _CONDUCT | UNTRUE
